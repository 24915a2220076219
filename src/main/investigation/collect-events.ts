import type { Connection } from '../db/database';
import type { Entry, Strand } from './strand-score';

/** The records of the findings, and every other call of the strands that are hostile, within the incident's time. */
export async function collectEvents(
  connection: Connection,
  id: string,
  entry: Entry | null,
  strands: readonly Strand[],
): Promise<void> {
  await connection.run(
    `INSERT INTO incident_events SELECT m.incident_id, e.source, e.file_id, e.record_no, e.event_id, e.event_time, e.finding_id, NULL
     FROM incident_members m JOIN finding_events e USING (finding_id) WHERE m.incident_id = $id`,
    { id },
  );
  if (!entry) return;
  for (const s of strands.filter(
    (x) => x.benign_days === 0 && (x.worst >= 3 || x.source_net === entry.chosen.source_net),
  )) {
    await connection.run(
      `INSERT INTO incident_events SELECT $id, 'cloudtrail', file_id, record_no, event_id, event_time, NULL, strand FROM strand_calls s
       WHERE strand = $strand AND NOT EXISTS (SELECT 1 FROM incident_events i WHERE i.incident_id = $id AND i.file_id = s.file_id AND i.record_no = s.record_no)`,
      { id, strand: s.strand },
    );
  }
}
