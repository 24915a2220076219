import type { IncidentEntity } from '../../shared/model/incident';
import type { Connection } from '../db/database';
import { keyOwner } from './key-owner';
import type { Names } from './remediation';

/** The names an incident's commands are filled with: those who acted, what was acted on, and the incident's time. */
export async function namesOf(
  connection: Connection,
  entities: readonly IncidentEntity[],
  span: { readonly first: string; readonly last: string },
): Promise<Names> {
  const of = (type: string) => entities.find((e) => e.type === type)?.id ?? null;
  const actor = (type: string) => entities.find((e) => e.type === type && e.role === 'actor')?.id ?? null;
  const tail = (arn: string | null) => arn?.split('/').pop() ?? null;
  const keys = entities.filter((e) => e.type === 'accessKey').map((e) => e.id);
  return {
    user: tail(actor('user')),
    role: tail(actor('role')),
    accessKey: await keyOwner(connection, keys),
    instance: of('instance'),
    bucket: of('bucket'),
    address: of('address'),
    from: span.first.replace(/\.\d+Z$/, 'Z'),
    to: span.last.replace(/\.\d+Z$/, 'Z'),
  };
}
