import { isObject, type JsonObject } from './json-object';

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
const MAX_PARTS = 16;
const DOTTED = /^[A-Za-z@][\w@-]*(?:\.[\w@/-]+)+$/;

/**
 * A row whose columns are paths (`userIdentity.arn`, `resources.0.ARN`, as CloudWatch Logs Insights and search tools name
 * them) as the tree that it was taken from. Null when no column is a path. A path that another one crosses stays as it is.
 */
export function nested(row: JsonObject): JsonObject | null {
  const keys = Object.keys(row);
  if (!keys.some((key) => DOTTED.test(key))) return null;
  const out: Record<string, unknown> = {};
  for (const key of keys) if (!DOTTED.test(key)) out[key] = row[key];
  for (const key of keys) if (DOTTED.test(key) && !put(out, key.split('.'), row[key])) out[key] = row[key];
  return lists(out) as JsonObject;
}

function put(tree: Record<string, unknown>, path: readonly string[], value: unknown): boolean {
  if (path.length > MAX_PARTS || path.some((part) => FORBIDDEN.has(part))) return false;
  let at = tree;
  for (const part of path.slice(0, -1)) {
    at[part] ??= {};
    if (!isObject(at[part])) return false;
    at = at[part];
  }
  const last = path[path.length - 1] as string;
  if (last in at) return false;
  at[last] = value;
  return true;
}

/** Objects whose keys count from 0 are lists; deeper than paths go, values are left alone. */
function lists(value: unknown, depth = 0): unknown {
  if (!isObject(value) || depth > MAX_PARTS) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
    key,
    lists(inner, depth + 1),
  ]);
  const isList = depth > 0 && entries.length > 0 && entries.every(([key], i) => key === String(i));
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}
