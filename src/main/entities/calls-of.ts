import type { EntityRef, EntityType } from '../../shared/model/entity';
import type { Connection } from '../db/database';

/** SQL of ours for "this call was made by or from the entity": the records that the counts of `entities` count. */
const MADE: Partial<Record<EntityType, string>> = {
  account: "(account_id = $id OR (principal_type = 'account' AND principal = $id))",
  role: "principal_type = 'role' AND principal = $id",
  user: "principal_type = 'user' AND principal = $id",
  federatedUser: "principal_type = 'federatedUser' AND principal = $id",
  service: "principal_type = 'service' AND principal = $id",
  roleSession: 'actor_arn = $id',
  accessKey: '(session_key = $id OR access_key_id = $id)',
  address: 'source_ip = $id',
  instance: 'instance_id = $id',
  userAgent: 'ua_family = $id AND NOT is_service',
};

/** Types whose calls `activity` can tell apart: it has no session names, no instances and no key ids of console sessions. */
const HOURLY: ReadonlySet<EntityType> = new Set([
  'account',
  'role',
  'user',
  'federatedUser',
  'service',
  'address',
  'userAgent',
]);

/** The condition of {@link callsOf} where it can be put to `activity` as well, else null. */
export function hourlyOf({ type }: EntityRef, calls: string): string | null {
  return HOURLY.has(type) && calls === MADE[type] ? calls : null;
}

const BY_RESOURCE =
  "(file_id, record_no) IN (SELECT (file_id, record_no) FROM events WHERE json_type(resources) = 'ARRAY' AND list_contains(json_extract_string(resources, '$[*].ARN'), $id))";

/** SQL of ours for "this call names the entity", for entities that made no call themselves. */
const NAMED: Partial<Record<EntityType, string>> = {
  role: `(target_role = $id OR ${BY_RESOURCE})`,
  user: BY_RESOURCE,
  accessKey: 'issued_key = $id',
  bucket: 'bucket = $id',
  function: `(file_id, record_no) IN (SELECT (file_id, record_no) FROM events WHERE event_source = 'lambda.amazonaws.com'
    AND regexp_replace(request_parameters ->> '$.functionName', '^.*:function:([^:]+).*$', '\\1') = $id)`,
  instance: `(file_id, record_no) IN (SELECT (file_id, record_no) FROM events WHERE json_type(resources) = 'ARRAY'
    AND len(list_filter(json_extract_string(resources, '$[*].ARN'), a -> ends_with(a, ':instance/' || $id))) > 0)`,
  cluster: `(file_id, record_no) IN (SELECT (file_id, record_no) FROM events WHERE event_source = 'eks.amazonaws.com'
    AND $id IN (request_parameters ->> '$.name', request_parameters ->> '$.clusterName'))`,
  resource: BY_RESOURCE,
};

/** SQL over `calls`, with $id, for the calls that stand for an entity: those it made, else those that name it. */
export async function callsOf(connection: Connection, { type, id }: EntityRef): Promise<string> {
  const made = MADE[type];
  const named = NAMED[type];
  if (made === undefined || named === undefined) return made ?? named ?? 'false';
  const { found } = await connection.row<{ found: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM calls WHERE ${made}) AS found`,
    { id },
  );
  return found ? made : named;
}
