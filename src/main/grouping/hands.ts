import type { Connection } from '../db/database';
import handsSql from './hands.sql?raw';

/** Creates the temporary tables hand_days, finding_calls, finding_hands, and the table hands (hands.sql says what they hold). */
export async function createHands(connection: Connection): Promise<void> {
  for (const statement of handsSql.split(/;\s*\n/)) {
    if (statement.replace(/--.*$/gm, '').trim() !== '') await connection.run(statement);
  }
}
