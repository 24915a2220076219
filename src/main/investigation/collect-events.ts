import type { Connection } from '../db/database';
import collectSql from './collect-events.sql?raw';
import type { Entry, Strand } from './strand-score';

/** A strand's worst finding, as strands.sql weighs it. */
const MEDIUM = 3;

/** Calls that are hostile by who made them: all of a strand, or a hand's within a time. */
interface Hostile {
  readonly strand: string | null;
  readonly root: string;
  readonly net: string;
  readonly from: string | null;
  readonly to: string | null;
}

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
     FROM incident_members m JOIN finding_events e USING (finding_id) JOIN findings f USING (finding_id)
     LEFT JOIN finding_calls s ON s.finding_id = e.finding_id AND s.file_id = e.file_id AND s.record_no = e.record_no AND e.source = 'cloudtrail' AND s.net IS NOT NULL
     WHERE m.incident_id = $id AND (f.kind <> 'baseline' OR s.root IS NULL OR EXISTS (
       FROM incident_members o JOIN findings g ON g.finding_id = o.finding_id JOIN finding_hands h ON h.finding_id = o.finding_id
       WHERE o.incident_id = m.incident_id AND g.kind <> 'baseline' AND o.standing IS DISTINCT FROM 'home' AND h.root = s.root AND h.net = s.net))`,
    { id },
  );
  if (entry) await connection.run(collectSql, { id, hostile: JSON.stringify(hostileOf(entry, strands)) });
}

function hostileOf(entry: Entry, strands: readonly Strand[]): Hostile[] {
  return strands.flatMap((s) => {
    const hand = { root: s.root, net: s.source_net };
    const telling = s.worst >= MEDIUM || s.source_net === entry.chosen.source_net;
    const out: Hostile[] = [];
    if (s.standing !== 'home' && s.benign_days === 0 && telling)
      out.push({ strand: s.strand, ...hand, from: null, to: null });
    if (s.hostile_from !== null && s.hostile_to !== null && (telling || s.standing === 'novel'))
      out.push({ strand: null, ...hand, from: s.hostile_from, to: s.hostile_to });
    return out;
  });
}
