import type { Connection } from '../db/database';
import type { Names } from './remediation';

/** The first long-term key among the ids whose own calls name its user: a key is never paired with another user. */
export async function keyOwner(connection: Connection, keys: readonly string[]): Promise<Names['accessKey']> {
  for (const id of keys.filter((key) => key.startsWith('AKIA'))) {
    const [owner] = await connection.rows<{ principal: string }>(
      "SELECT principal FROM credentials WHERE session_key = $id AND contains(principal, ':user/') LIMIT 1",
      { id },
    );
    const user = owner?.principal.split('/').pop();
    if (user !== undefined) return { id, user };
  }
  return null;
}
