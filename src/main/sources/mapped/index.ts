import { quotedString } from '../../db/sql';
import { defineSource, type Source } from '../source';
import { MAPPED_COLUMNS, type SourceMap } from './source-map';

/** SELECT over what `rowsOf` (ingest/mapped-file.ts) makes of records: {t, c, x, p}. */
function mapSql(name: string, format: string): string {
  const columns = MAPPED_COLUMNS.map((column) => `nullif(r ->> '$.c.${column}', '') AS ${column}`);
  return `
SELECT file_id, record_no, hash(r -> '$.c', r ->> '$.t', r -> '$.x') AS content_hash, ${timeSql(`(r ->> '$.t')`, format)} AS event_time, ${quotedString(name)} AS map,
  ${columns.join(', ')}, TRY_CAST(r ->> '$.p[0]' AS BIGINT) AS byte_offset, TRY_CAST(r ->> '$.p[1]' AS BIGINT) AS byte_length,
  CAST(nullif(CAST(r -> '$.x' AS VARCHAR), '{}') AS JSON) AS extra
FROM raw`;
}

const EPOCHS: Readonly<Record<string, number>> = {
  'epoch-seconds': 1e6,
  'epoch-milliseconds': 1e3,
  'epoch-microseconds': 1,
};

function timeSql(text: string, format: string): string {
  const scale = EPOCHS[format];
  // A time without an offset is taken as UTC.
  if (format === 'iso') return `TRY_CAST(${text} AS TIMESTAMPTZ)::TIMESTAMP`;
  if (scale === undefined) return `CAST(try_strptime(${text}, ${quotedString(format)}) AS TIMESTAMP)`;
  const number = `TRY_CAST(${text} AS DOUBLE)`;
  return `CASE WHEN ${number} * ${scale} BETWEEN 0 AND 4102444800000000 THEN make_timestamp(CAST(${number} * ${scale} AS BIGINT)) END`;
}

const BASE = defineSource({
  id: 'mapped',
  title: 'Files mapped by hand',
  formats: [
    'JSON (documents, lists, lines), tables of text, lines of text (by a regular expression) and Parquet that no source reads, with a map that says which fields are time, actor, action, addresses (Map… in the window, `open --source-map`, `sources --guess`)',
  ],
  table: 'mapped_events',
  shapes: [],
  mapSql: () => mapSql('', 'iso'),
  timeColumn: 'event_time',
  idColumn: null,
});
export default BASE;

/** The source that a map makes; its id is `mapped-` and the map's name. */
export function sourceOfMap({ name, time }: SourceMap): Source {
  return {
    ...BASE,
    id: `mapped-${name}`,
    title: `Files mapped as ${name}`,
    mapSql: () => mapSql(name, time.format),
  };
}
