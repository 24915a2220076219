import type { ResponseOf } from '../../shared/contract/index';
import type { EntityRef } from '../../shared/model/entity';
import type { Connection } from '../db/database';
import { couldOf, type DoneCall } from '../investigation/could';
import { ExhibitBook } from '../investigation/exhibits';
import { permissionsOf } from '../permissions';
import addressFactsSql from './sql/facts-address.sql?raw';
import credentialFactsSql from './sql/facts-credential.sql?raw';
import resourceFactsSql from './sql/facts-resource.sql?raw';

type Facts = ResponseOf<'entity/profile'>['facts'];

interface Fact {
  readonly text: string;
  readonly source: string;
  readonly fileId: number;
  readonly recordNo: number;
}

/** What descriptions in the bundle say of an entity: name, tags, whereabouts, credentials and rights; each sentence cites its file. */
export async function entityFacts(connection: Connection, { type, id }: EntityRef): Promise<Facts> {
  const book = new ExhibitBook(connection);
  const out: Facts = [];
  const tell = async (sql: string) => {
    for (const { text, ...place } of await connection.rows<Fact>(sql, { id }))
      out.push({ text, exhibits: await book.cite([{ ...place, eventId: null }]) });
  };
  await tell(resourceFactsSql);
  if (type === 'address' || type === 'instance') await tell(addressFactsSql);
  if (type === 'user') await tell(credentialFactsSql);
  const permissions = type === 'user' || type === 'role' ? await permissionsOf(connection, id) : null;
  if (permissions) {
    const done = await connection.rows<DoneCall>(
      `SELECT DISTINCT event_source AS "eventSource", event_name AS "eventName" FROM activity WHERE principal = $id AND NOT is_service AND succeeded > 0`,
      { id },
    );
    for (const { text, exhibits } of await couldOf(permissions, done, 'in this case', book))
      out.push({ text, exhibits: [...exhibits] });
  }
  return out;
}
