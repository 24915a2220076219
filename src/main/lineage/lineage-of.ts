import type { Connection } from '../db/database';
import chainSql from './chain.sql?raw';

/** One credential (or controlled entity) of a chain and the record that ties it to the one before. */
export interface LineageStep {
  readonly credential: string;
  /** The credential of the chain that it hangs on; empty for the entity's own. */
  readonly near: string;
  /** Empty when no record was made with it. */
  readonly principal: string;
  /** A kind of lineage_edges. */
  readonly kind: string;
  /** The call, with the role or policy it names. */
  readonly via: string;
  readonly time: string;
  readonly depth: number;
  readonly fileId: number;
  readonly recordNo: number;
  readonly eventId: string;
}

interface Lineage {
  readonly up: LineageStep[];
  readonly down: LineageStep[];
  /** As credentials.resolution; `missing-account 111122223333` names the account whose records are not here. */
  readonly resolution: string;
}

const LIMIT = 500;

/**
 * Where the credentials of `id` come from and what came out of them, nearest first, at most 500 steps each way. `id` is
 * a credential, an access key of a console session, a principal, a role session's ARN, or an instance.
 */
export async function lineageOf(connection: Connection, id: string): Promise<Lineage> {
  const walk = (up: boolean) => connection.rows<LineageStep>(chainSql, { id, up, limit: LIMIT });
  const [state] = await connection.rows<{ resolution: string }>(
    `SELECT concat_ws(' ', resolution, missing_account) AS resolution FROM credentials
     WHERE session_key = $id OR principal = $id OR actor_arn = $id
     GROUP BY ALL ORDER BY sum(events) DESC, resolution LIMIT 1`,
    { id },
  );
  return { up: await walk(true), down: await walk(false), resolution: state?.resolution ?? 'unknown' };
}
