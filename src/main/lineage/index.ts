import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import lineageSql from './lineage.sql?raw';

interface Edge {
  readonly parent: string;
  readonly child: string;
}

interface Session {
  readonly session_key: string;
  readonly principal: string;
  readonly principal_type: string;
  readonly identity_type: string | null;
  readonly instance_id: string | null;
}

/** Creates lineage_edges and credentials: every credential with the first one of its chain, or why there is none. */
export async function buildLineage({ connection, progress }: AnalysisContext): Promise<void> {
  progress('Credential lineage', 0);
  await connection.run(lineageSql);
  const edges = await connection.rows<Edge>('SELECT parent, min_by(child, event_time) AS child FROM lineage_edges GROUP BY parent, child');
  const sessions = await connection.rows<Session>(
    'SELECT session_key, any_value(principal) AS principal, any_value(principal_type) AS principal_type, any_value(identity_type) AS identity_type, any_value(instance_id) AS instance_id FROM calls GROUP BY session_key',
  );
  const parents = new Map(edges.map((e) => [e.child, e.parent]));
  await connection.run('CREATE OR REPLACE TEMP TABLE origins (session_key VARCHAR, kind VARCHAR, root VARCHAR, resolution VARCHAR)');
  for (const batch of batches(sessions.map((s) => origin(s, parents)))) await insertOrigins(connection, batch);
  await connection.run(`
    CREATE OR REPLACE TABLE credentials AS
    SELECT c.session_key, any_value(o.kind) AS kind, any_value(c.principal) AS principal, any_value(c.account_id) AS account_id, any_value(o.root) AS root,
      any_value(o.resolution) AS resolution, min(c.event_time) AS first_time, max(c.event_time) AS last_time, count(*) AS events,
      count(*) FILTER (c.error_code IS NOT NULL) AS failures
    FROM calls c JOIN origins o USING (session_key) GROUP BY c.session_key`);
}

const BATCH = 500;
type Origin = readonly [string, string, string, string];

function* batches(all: readonly Origin[]): Generator<readonly Origin[]> {
  for (let i = 0; i < all.length; i += BATCH) yield all.slice(i, i + BATCH);
}

async function insertOrigins(connection: Connection, rows: readonly Origin[]): Promise<void> {
  const values = rows.map((_, i) => `($k${i}, $n${i}, $r${i}, $s${i})`).join(', ');
  const params = Object.fromEntries(rows.flatMap((row, i) => [[`k${i}`, row[0]], [`n${i}`, row[1]], [`r${i}`, row[2]], [`s${i}`, row[3]]]));
  await connection.run(`INSERT INTO origins VALUES ${values}`, params);
}

function origin(session: Session, parents: ReadonlyMap<string, string>): Origin {
  const key = session.session_key;
  const seen = new Set([key]);
  let root = key;
  for (let parent = parents.get(root); parent !== undefined && !seen.has(parent); parent = parents.get(root)) {
    seen.add(parent);
    root = parent;
  }
  const kind = kindOf(session);
  if (root !== key) return [key, kind, root, 'resolved'];
  if (session.principal_type === 'service') return [key, kind, root, 'service'];
  const isRoot = key.startsWith('AKIA') || kind === 'root' || key.startsWith('arn:');
  return [key, kind, kind === 'instance-role' && session.instance_id ? `instance:${session.instance_id}` : root, isRoot ? 'root' : 'before-bundle'];
}

function kindOf(session: Session): string {
  const key = session.session_key;
  if (session.principal_type === 'service' || key.startsWith('service:')) return 'service';
  if (session.identity_type === 'Root' && !key.includes('|')) return 'root';
  if (key.includes('|')) return 'console-session';
  if (session.instance_id !== null) return 'instance-role';
  if (session.identity_type === 'FederatedUser') return 'federation';
  if (key.startsWith('ASIA')) return 'role-session';
  return key.startsWith('AKIA') ? 'access-key' : 'unknown';
}

export interface LineageStep {
  readonly credential: string;
  readonly principal: string;
  readonly kind: string;
  readonly via: string;
  readonly time: string;
  readonly depth: number;
  readonly fileId: number;
  readonly recordNo: number;
}

/** The chain above and below the credentials of a principal or one credential, nearest first. */
export async function lineageOf(connection: Connection, id: string): Promise<{ up: LineageStep[]; down: LineageStep[]; resolution: string }> {
  const walk = (from: string, to: string) => connection.rows<LineageStep>(
    `WITH RECURSIVE chain(credential, kind, via, time, depth, fileId, recordNo) AS (
       SELECT ${to}, kind, detail, event_time, 1, file_id, record_no FROM lineage_edges
       WHERE ${from} = $id OR ${from} IN (SELECT session_key FROM credentials WHERE principal = $id)
       UNION
       SELECT e.${to}, e.kind, e.detail, e.event_time, c.depth + 1, e.file_id, e.record_no
       FROM chain c JOIN lineage_edges e ON e.${from} = c.credential WHERE c.depth < 16
     )
     SELECT c.*, coalesce(k.principal, '') AS principal FROM chain c LEFT JOIN credentials k ON k.session_key = c.credential
     ORDER BY depth, time, credential LIMIT 500`,
    { id },
  );
  const [state] = await connection.rows<{ resolution: string }>(
    'SELECT resolution FROM credentials WHERE session_key = $id OR principal = $id GROUP BY resolution ORDER BY count(*) DESC, resolution LIMIT 1',
    { id },
  );
  return { up: await walk('child', 'parent'), down: await walk('parent', 'child'), resolution: state?.resolution ?? 'unknown' };
}
