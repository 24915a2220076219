import type { EntityType } from '../../../shared/model/entity';
import type { Connection } from '../../db/database';
import factsSql from './facts.sql?raw';

/** A call behind a finding, with what it asked for and got. */
export interface CallFact {
  readonly findingId: string;
  /** The API, or `verb resource` of Kubernetes. */
  readonly name: string;
  readonly failed: boolean;
  readonly account: string | null;
  readonly region: string | null;
  readonly request: unknown;
  readonly response: unknown;
}

export interface NamedEntity {
  readonly findingId: string;
  readonly type: EntityType;
  readonly id: string;
  readonly role: string;
}

/** What the records behind findings name: the source of every value in a command. */
export interface Facts {
  readonly calls: readonly CallFact[];
  readonly entities: readonly NamedEntity[];
  /** Long-term keys with the user they belong to. */
  readonly keyOwners: ReadonlyMap<string, string>;
}

export const NO_FACTS: Facts = { calls: [], entities: [], keyOwners: new Map() };

export async function loadFacts(connection: Connection, findingIds: readonly string[]): Promise<Facts> {
  const params = { ids: JSON.stringify(findingIds) };
  const rows = await connection.rows<
    Omit<CallFact, 'request' | 'response'> & { request: string | null; response: string | null }
  >(factsSql, params);
  const entities = await connection.rows<NamedEntity>(
    `SELECT finding_id AS "findingId", entity_type AS type, entity_id AS id, role FROM finding_entities
     WHERE finding_id IN (SELECT unnest(from_json(CAST($ids AS JSON), '["VARCHAR"]'))) ORDER BY ALL`,
    params,
  );
  const calls = rows.map((r) => ({ ...r, request: parsed(r.request), response: parsed(r.response) }));
  return { calls, entities, keyOwners: await ownersOf(connection, entities, calls) };
}

function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

/** By whose own calls a key was used, else whom it was made for: a key is never paired with another user. */
async function ownersOf(
  connection: Connection,
  entities: readonly NamedEntity[],
  calls: readonly CallFact[],
): Promise<Map<string, string>> {
  const keys = [...new Set(entities.filter((e) => e.id.startsWith('AKIA')).map((e) => e.id))];
  const rows = await connection.rows<{ id: string; principal: string }>(
    `SELECT session_key AS id, min(principal) AS principal FROM credentials
     WHERE session_key IN (SELECT unnest(from_json(CAST($keys AS JSON), '["VARCHAR"]'))) AND contains(principal, ':user/') GROUP BY session_key`,
    { keys: JSON.stringify(keys) },
  );
  const owners = new Map(rows.map(({ id, principal }) => [id, principal.split('/').pop() ?? principal]));
  for (const call of calls.filter((c) => c.name === 'CreateAccessKey')) {
    const [id] = valuesAt(call.response, ['accessKey', 'accessKeyId']);
    const [user] = valuesAt(call.response, ['accessKey', 'userName']);
    if (id !== undefined && user !== undefined && !owners.has(id)) owners.set(id, user);
  }
  return owners;
}

/** The texts at a path of keys; lists are walked through, and AWS's `items` and `item` need not be written. */
export function valuesAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((inner) => valuesAt(inner, path));
  const [key, ...rest] = path;
  if (key === undefined) {
    return typeof value === 'string' ? [value] : typeof value === 'number' ? [String(value)] : [];
  }
  if (value === null || typeof value !== 'object') return [];
  const fields = value as Readonly<Record<string, unknown>>;
  const inner = fields['items'] ?? fields['item'];
  return key in fields ? valuesAt(fields[key], rest) : inner === undefined ? [] : valuesAt(inner, path);
}
