import type { Connection } from '../db/database';
import { detectors } from '../detections/built-in';
import handsSql from './hands.sql?raw';

/** Creates the temporary tables hand_days, finding_calls, finding_hands, and the table hands (hands.sql says what they hold). */
export async function createHands(connection: Connection): Promise<void> {
  const says = detectors.flatMap(({ id, hand }) => (hand ? [{ rule_id: id, says: hand }] : []));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE hand_detectors AS
     SELECT unnest(from_json($says, '[{"rule_id":"VARCHAR","says":"VARCHAR"}]'), recursive := true)`,
    { says: JSON.stringify(says) },
  );
  for (const statement of handsSql.split(/;\s*\n/)) {
    if (statement.replace(/--.*$/gm, '').trim() !== '') await connection.run(statement);
  }
}
