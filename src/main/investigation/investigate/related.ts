import type { Investigation } from '../../../shared/contract/investigation';
import type { EntityRef, EntityType } from '../../../shared/model/entity';
import type { Severity } from '../../../shared/model/severity';
import type { TimeRange } from '../../../shared/model/time';
import type { Connection } from '../../db/database';
import type { LineageStep } from '../../lineage';
import type { ExhibitBook, Place } from '../exhibits';
import reachSql from './reach.sql?raw';
import recommendedSql from './recommended.sql?raw';
import unusualSql from './unusual.sql?raw';

interface Chain {
  readonly up: readonly LineageStep[];
  readonly down: readonly LineageStep[];
}

/** The incidents that name the entity, most severe first, with what it is in them. */
export function relatedGroups(
  connection: Connection,
  entity: EntityRef,
): Promise<Investigation['relatedGroups']> {
  return connection.rows(
    `SELECT i.incident_id AS id, i.title, i.severity,
       arg_min(n.role, list_position(['actor', 'credential', 'address', 'target', 'tool', 'account'], n.role)) AS role
     FROM finding_entities n JOIN incident_members m USING (finding_id) JOIN incidents i USING (incident_id)
     WHERE n.entity_id = $id AND (n.entity_type = $type OR $type = 'resource')
     GROUP BY i.incident_id, i.title, i.severity ORDER BY list_position(['critical', 'high', 'medium', 'low', 'informational'], i.severity), i.incident_id`,
    { ...entity },
  );
}

export function unusualHours(
  connection: Connection,
  { from, to }: TimeRange,
): Promise<Investigation['unusual']> {
  return connection.rows(unusualSql, { from, to });
}

type Resource = Investigation['reach']['resources'][number];

/** What was touched with the entity's calls and with the credentials that came out of it. */
export async function reachOf(
  connection: Connection,
  entity: EntityRef,
  { compared, lineage, book }: { compared: TimeRange; lineage: Chain; book: ExhibitBook },
): Promise<Investigation['reach']> {
  const rows = await connection.rows<
    Omit<Resource, 'exhibits'> & { place: Place; total: number; accounts: string[] | null }
  >(reachSql, {
    ...entity,
    ...compared,
    keys: JSON.stringify(lineage.down.map((s) => s.credential)),
  });
  const resources: Resource[] = [];
  for (const row of rows) {
    const { type, id, sensitivity, why, reads, writes, refused, suspect, apis, first, last } = row;
    const known = { type, id, sensitivity, why, reads, writes, refused, suspect, apis, first, last };
    resources.push({ ...known, exhibits: await book.cite([row.place]) });
  }
  return { accounts: rows[0]?.accounts ?? [], total: rows[0]?.total ?? 0, resources };
}

const CHAIN_STEPS = 6;

/** Whom to look at next: by shared findings, by incident and along the chain of credentials. */
export async function recommendedFor(
  connection: Connection,
  entity: EntityRef,
  { up, down }: Chain,
): Promise<Investigation['recommended']> {
  const chain = [
    ...up
      .slice(0, CHAIN_STEPS)
      .map((s) => ({ id: s.credential, why: `its credentials come from it (${s.kind})` })),
    ...down
      .slice(0, CHAIN_STEPS)
      .map((s) => ({ id: s.credential, why: `came out of it (${s.via || s.kind})` })),
  ];
  const rows = await connection.rows<{
    type: EntityType;
    id: string;
    why: string;
    severity: Severity;
    findings: number;
    latest: string | null;
    title: string;
  }>(recommendedSql, { ...entity, lineage: JSON.stringify(chain) });
  return rows.map(({ why, title, ...row }) => ({
    ...row,
    reason: title === '' ? why : `${why}; worst finding: ${title}`,
  }));
}
