import type { Connection } from '../db/database';
import hostileAddressesSql from './hostile-addresses.sql?raw';
import type { Entry, Strand } from './strand-score';

/** A strand's worst finding, as strands.sql weighs it. */
const MEDIUM = 3;
const HIGH = 7;

/**
 * The records of the findings, every other call of the strands that are hostile, within the incident's time, and what
 * came from addresses that are the intruder's alone. A baseline finding is about a principal, whoever held its
 * credential: of it only the records of hands that other findings of the incident speak of.
 */
export async function collectEvents(
  connection: Connection,
  id: string,
  entry: Entry | null,
  strands: readonly Strand[],
): Promise<void> {
  await connection.run(
    `INSERT INTO incident_events SELECT m.incident_id, e.source, e.file_id, e.record_no, e.event_id, e.event_time, e.finding_id, NULL
     FROM incident_members m JOIN finding_events e USING (finding_id) JOIN findings f USING (finding_id) LEFT JOIN strand_calls s USING (file_id, record_no)
     WHERE m.incident_id = $id AND (f.kind <> 'baseline' OR s.strand IS NULL OR EXISTS (
       FROM incident_members o JOIN findings g ON g.finding_id = o.finding_id JOIN finding_hands h ON h.finding_id = o.finding_id
       WHERE o.incident_id = m.incident_id AND g.kind <> 'baseline' AND o.standing IS DISTINCT FROM 'home' AND h.root = s.root AND h.net = s.source_net))`,
    { id },
  );
  if (!entry) return;
  for (const s of strands) {
    const near = s.source_net === entry.chosen.source_net;
    const telling = s.worst >= MEDIUM || near;
    if (s.standing !== 'home' && s.benign_days === 0 && telling)
      await collect(connection, id, 'strand = $strand', { strand: s.strand });
    if (s.hostile_from !== null && s.hostile_to !== null && (telling || s.standing === 'novel')) {
      await collect(
        connection,
        id,
        'root = $root AND source_net = $net AND event_time BETWEEN CAST($from AS TIMESTAMP) AND CAST($to AS TIMESTAMP)',
        { root: s.root, net: s.source_net, from: s.hostile_from, to: s.hostile_to },
      );
    }
  }
  // Asking for them reads every call, so only where an answer is possible.
  if (strands.some((s) => s.standing === 'novel' && s.worst >= HIGH && s.ip_class === 'public'))
    await collect(connection, id, `source_ip IN (${hostileAddressesSql})`, {});
}

/** Adds the calls of a condition over strand_calls that the incident does not hold yet. */
async function collect(
  connection: Connection,
  id: string,
  condition: string,
  params: Readonly<Record<string, string>>,
): Promise<void> {
  await connection.run(
    `INSERT INTO incident_events
     SELECT $id, 'cloudtrail', file_id, record_no, event_id, event_time, NULL, strand FROM strand_calls s
     WHERE ${condition} AND NOT EXISTS (
       SELECT 1 FROM incident_events i WHERE i.incident_id = $id AND i.file_id = s.file_id AND i.record_no = s.record_no)`,
    { id, ...params },
  );
}
