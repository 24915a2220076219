import type { IncidentEntity, IncidentLink } from '../../shared/model/incident';
import type { Connection } from '../db/database';
import type { Told } from './told';
import toldSql from './told.sql?raw';

export type LoadedTold = Told & { readonly techniques: readonly string[] };

export async function loadTold(connection: Connection, id: string): Promise<LoadedTold[]> {
  return connection.rows<LoadedTold>(toldSql, { id });
}

export async function loadEntities(connection: Connection, id: string): Promise<IncidentEntity[]> {
  return connection.rows<IncidentEntity>(
    `SELECT n.entity_type AS type, n.entity_id AS id, min_by(n.role, list_position(['actor', 'credential', 'address', 'target', 'tool', 'account'], n.role)) AS role, count(DISTINCT (e.file_id, e.record_no)) AS events
     FROM incident_members m JOIN finding_entities n USING (finding_id) JOIN finding_events e USING (finding_id)
     WHERE m.incident_id = $id GROUP BY 1, 2 ORDER BY events DESC, type, id LIMIT 1000`,
    { id },
  );
}

export async function loadLinks(connection: Connection, id: string): Promise<IncidentLink[]> {
  const rows = await connection.rows<{ a: string; b: string; weight: number; reasons: string }>(
    `SELECT g.a, g.b, g.weight, CAST(g.reasons AS VARCHAR) AS reasons FROM group_edges g JOIN incident_members m ON m.finding_id = g.a WHERE m.incident_id = $id ORDER BY weight DESC, a, b`,
    { id },
  );
  const joined = new Map<string, string>();
  const root = (x: string): string => {
    const up = joined.get(x);
    return up === undefined || up === x ? x : root(up);
  };
  return rows.flatMap((row) => {
    const [a, b] = [root(row.a), root(row.b)];
    if (a === b) return [];
    joined.set(a, b);
    return [
      {
        a: row.a,
        b: row.b,
        weight: Math.round(row.weight * 1000) / 1000,
        reasons: (JSON.parse(row.reasons) as IncidentLink['reasons']).map((r) => ({
          ...r,
          weight: Math.round(r.weight * 1000) / 1000,
        })),
      },
    ];
  });
}

/** How much of the group stays when the thresholds are shaken: the mean of grouping's runs. */
export async function loadStability(connection: Connection, id: string): Promise<number> {
  const { stability } = await connection.row<{ stability: number }>(
    'SELECT coalesce(avg(stability), 0) AS stability FROM incident_members WHERE incident_id = $id',
    { id },
  );
  return stability;
}
