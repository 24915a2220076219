import type { Connection } from '../db/database';
import { runScript } from '../db/script';
import { detectors } from '../detections/built-in';
import findingCallsSql from './finding-calls.sql?raw';
import handsSql from './hands.sql?raw';

/** Creates the temporary tables hand_detectors, finding_calls and finding_hands (finding-calls.sql says what they hold). */
export async function createFindingCalls(connection: Connection): Promise<void> {
  const says = detectors.flatMap(({ id, hand }) => (hand ? [{ rule_id: id, says: hand }] : []));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE hand_detectors AS
     SELECT unnest(from_json($says, '[{"rule_id":"VARCHAR","says":"VARCHAR"}]'), recursive := true)`,
    { says: JSON.stringify(says) },
  );
  await runScript(connection, findingCallsSql);
}

/** Creates the table hands (hands.sql says what it holds); reads the tables of createFindingCalls. */
export async function createHands(connection: Connection): Promise<void> {
  await runScript(connection, handsSql);
}
