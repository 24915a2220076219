import { quotedIdentifier, quotedString } from '../db/sql';

/** An evidence column and the keys of a JSON object that can hold it, in order of preference. */
export type ObjectColumn = readonly [
  column: string,
  type: 'VARCHAR' | 'BOOLEAN' | 'BIGINT' | 'TIMESTAMP' | 'JSON',
  ...keys: string[],
];

/**
 * The SELECT over JSON objects that are descriptions: a column for each of the plan, further ones as SQL over `r`, and in
 * `extra` all keys that neither the plan nor `used` names. A value of another type than its column's is NULL there.
 */
export function objectColumns(
  plan: readonly ObjectColumn[],
  further: Readonly<Record<string, string>> = {},
  used: readonly string[] = [],
): string {
  const columns = plan.map(
    ([column, type, ...keys]) => `${valueSql(type, keys)} AS ${quotedIdentifier(column)}`,
  );
  const made = Object.entries(further).map(([column, sql]) => `${sql} AS ${quotedIdentifier(column)}`);
  const keys = [...plan.flatMap(([, , ...own]) => own), ...used];
  const none = Object.fromEntries(keys.map((key) => [key, null]));
  return `
SELECT file_id, record_no, hash(r) AS content_hash,
  ${[...columns, ...made].join(',\n  ')},
  CAST(nullif(CAST(json_merge_patch(r, ${quotedString(JSON.stringify(none))}) AS VARCHAR), '{}') AS JSON) AS extra
FROM raw`;
}

function valueSql(type: ObjectColumn[1], keys: readonly string[]): string {
  const values = keys.map((key) => one(type, quotedString(`$."${key}"`)));
  return values.length === 1 ? (values[0] as string) : `coalesce(${values.join(', ')})`;
}

function one(type: ObjectColumn[1], path: string): string {
  const text = `(r ->> ${path})`;
  if (type === 'VARCHAR') return `nullif(${text}, '')`;
  if (type === 'TIMESTAMP') return timeOf(text);
  if (type === 'JSON') return `CAST(nullif(CAST((r -> ${path}) AS VARCHAR), 'null') AS JSON)`;
  return `TRY_CAST(${text} AS ${type})`;
}

/** Times are ISO text or, by the version of the command line, seconds since the epoch; far ones of the latter are none. */
function timeOf(text: string): string {
  return `coalesce(CASE WHEN TRY_CAST(${text} AS DOUBLE) BETWEEN 0 AND 4102444800 THEN make_timestamp(CAST(TRY_CAST(${text} AS DOUBLE) * 1000000 AS BIGINT)) END, TRY_CAST(${text} AS TIMESTAMPTZ)::TIMESTAMP)`;
}
