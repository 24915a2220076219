export const DIALECTS = ['duckdb', 'trino', 'spark'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** What differs between the engines; everything else in statements/ is written so that all three take it. */
export interface Dialect {
  /** A type of evidence/*.sql in the engine's words. */
  readonly type: (type: string) => string;
  /** The text at a top-level key of a JSON column. */
  readonly json: (column: string, key: string) => string;
  /** Makes the files of a table known; `columns` is `name TYPE, ...` without the partition. */
  readonly table: (name: string, columns: string, location: string) => string;
  readonly view: (name: string, select: string) => string;
}

/** One folder for each case below a table's: docs/scale.md. */
const PARTITION = 'case_id';

function mapped(text: string, json: string, array: (of: string) => string): (type: string) => string {
  const types: Readonly<Record<string, string>> = {
    VARCHAR: text,
    JSON: json,
    INTEGER: 'INTEGER',
    // Unsigned numbers do not exist beyond DuckDB: addresses fit, hashes do not and are left out (layout.ts).
    UINTEGER: 'BIGINT',
    BIGINT: 'BIGINT',
    DOUBLE: 'DOUBLE',
    BOOLEAN: 'BOOLEAN',
    TIMESTAMP: 'TIMESTAMP',
    DATE: 'DATE',
  };
  const one = (type: string): string => {
    const found = types[type];
    if (found === undefined) throw new Error(`no dialect has a word for ${type}`);
    return found;
  };
  return (type) => (type.endsWith('[]') ? array(one(type.slice(0, -2))) : one(type));
}

const view: Dialect['view'] = (name, select) => `CREATE OR REPLACE VIEW ${name} AS ${select}`;

export const dialects: Readonly<Record<DialectName, Dialect>> = {
  duckdb: {
    type: (type) => type,
    json: (column, key) => `json_extract_string(${column}, '$.${key}')`,
    table: (name, _columns, location) =>
      `CREATE OR REPLACE VIEW ${name} AS SELECT * FROM read_parquet('${location}/*/*.parquet', hive_partitioning = true, hive_types_autocast = false, union_by_name = true)`,
    view,
  },
  trino: {
    type: mapped('VARCHAR', 'VARCHAR', (of) => `ARRAY(${of})`),
    json: (column, key) => `json_extract_scalar(${column}, '$.${key}')`,
    table: (name, columns, location) =>
      `CREATE TABLE ${name} (${columns}, ${PARTITION} VARCHAR) WITH (format = 'PARQUET', external_location = '${location}', partitioned_by = ARRAY['${PARTITION}'])`,
    view,
  },
  spark: {
    type: mapped('STRING', 'STRING', (of) => `ARRAY<${of}>`),
    json: (column, key) => `get_json_object(${column}, '$.${key}')`,
    table: (name, columns, location) =>
      `CREATE TABLE ${name} (${columns}, ${PARTITION} STRING) USING PARQUET PARTITIONED BY (${PARTITION}) LOCATION '${location}'`,
    view,
  },
};
