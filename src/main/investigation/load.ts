import type { Incident } from '../../shared/model/incident';
import type { Connection } from '../db/database';

/** All incidents, most severe first. */
export async function loadIncidents(connection: Connection): Promise<Incident[]> {
  const rows = await connection.rows<{ document: string }>(
    "SELECT CAST(document AS VARCHAR) AS document FROM incidents ORDER BY list_position(['critical', 'high', 'medium', 'low', 'informational'], severity), score DESC, first_time, incident_id",
  );
  return rows.map((row) => JSON.parse(row.document) as Incident);
}
