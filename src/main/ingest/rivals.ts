import { quotedIdentifier, quotedString } from '../db/sql';
import type { Source } from '../sources/source';
import type { Draft } from './load';
import { SAMPLE_LENGTH } from './problem';
import type { PartWriter } from './writer';

interface Rival {
  readonly file_id: number;
  readonly record_no: number;
  readonly id: string;
  readonly is_same: boolean;
  readonly sample: string;
}

/**
 * Records whose id is in already with content that is not letter for letter the same: another delivery of one record (the
 * event history tells less than an export, OCSF tells it in other words), or another record under its id. They are one
 * record when every column that both have agrees; the copy is the later one, or of one batch the one that tells less.
 * Those that do not agree are kept, and said. `copies` takes the former; `known` are the parts of what was seen before.
 */
export async function settleRivals(
  writer: PartWriter,
  source: Source,
  { draft, seen, known }: { draft: Draft; seen: string; known: readonly string[] },
): Promise<void> {
  const { agreeing, idColumn } = source;
  if (agreeing === undefined || idColumn === null) return;
  const { connection } = writer;
  await connection.run(rivalIds(seen), undefined, writer.options());
  const { rivals } = await connection.row<{ rivals: number }>('SELECT count(*) AS rivals FROM rivals');
  if (rivals === 0) return;
  await connection.run(rivalRows(source, draft, known), undefined, writer.options());
  await connection.run(judged(source), undefined, writer.options());
  const rows = await connection.rows<Rival>('SELECT * FROM judged ORDER BY file_id, record_no');
  await connection.run(`INSERT INTO copies SELECT file_id, record_no FROM judged WHERE is_same`);
  const files = new Map(draft.loads.map((load) => [load.file.fileId, load.file]));
  for (const { file_id, record_no, id, is_same, sample } of rows) {
    if (is_same) continue;
    files.get(file_id)?.problems.push({
      code: 'record.otherContent',
      recordNo: null,
      offset: null,
      detail: `record ${record_no}: another record has its id ${id} and other content; both are kept`,
      sample,
    });
  }
}

const MINE = `SELECT id FROM keys ANTI JOIN copies USING (file_id, record_no) WHERE t IS NOT NULL AND id IS NOT NULL`;

function rivalIds(seen: string): string {
  return `
    CREATE OR REPLACE TEMP TABLE rivals AS
    WITH span AS (SELECT min(t) - INTERVAL 1 SECOND AS lo, max(t) + INTERVAL 1 SECOND AS hi FROM keys), mine AS (${MINE})
    SELECT id FROM mine GROUP BY id HAVING count(*) > 1
    UNION
    SELECT s.id FROM ${seen} s SEMI JOIN mine USING (id)
    WHERE s.t >= (SELECT lo FROM span) AND s.t <= (SELECT hi FROM span)`;
}

/** The rows that share an id, of the draft and of what is in; `told` counts what a row tells. */
function rivalRows(source: Source, draft: Draft, known: readonly string[]): string {
  const { plain = [], json = [] } = source.agreeing ?? {};
  const id = quotedIdentifier(source.idColumn ?? '');
  const columns = [...plain, ...json].map(quotedIdentifier);
  const told = columns.map((column) => `(${column} IS NOT NULL)::INTEGER`).join(' + ');
  const rows = (paths: readonly string[], isIn: boolean) => `
    SELECT ${isIn} AS is_in, file_id, record_no, ${id} AS id, ${source.timeColumn} AS t, ${columns.join(', ')}, ${told} AS told, extra
    FROM read_parquet([${paths.map(quotedString).join(', ')}]) WHERE NOT duplicate AND hash(${id}) IN (SELECT id FROM rivals)`;
  const drafted = `SELECT * FROM (${rows([draft.path], false)}) ANTI JOIN copies USING (file_id, record_no)`;
  const all = known.length === 0 ? drafted : `${drafted} UNION ALL BY NAME (${rows(known, true)})`;
  return `CREATE OR REPLACE TEMP TABLE rival_rows AS ${all}`;
}

function judged(source: Source): string {
  const { plain = [], json = [] } = source.agreeing ?? {};
  const agree = (a: string, b: string) => `coalesce(${a} = ${b}, true)`;
  const conditions = [
    `date_trunc('second', r.t) = date_trunc('second', first.t)`,
    ...plain.map((column) => agree(`r.${quotedIdentifier(column)}`, `first.${quotedIdentifier(column)}`)),
    ...json.map((column) =>
      agree(leaves(`r.${quotedIdentifier(column)}`), leaves(`first.${quotedIdentifier(column)}`)),
    ),
  ];
  return `
    CREATE OR REPLACE TEMP TABLE judged AS
    WITH first AS (
      SELECT * FROM rival_rows QUALIFY row_number() OVER (PARTITION BY id ORDER BY is_in DESC, told DESC, file_id, record_no) = 1
    )
    SELECT r.file_id, r.record_no, r.id, ${conditions.join('\n      AND ')} AS is_same,
      left(CAST(to_json(r) AS VARCHAR), ${SAMPLE_LENGTH}) AS sample
    FROM rival_rows r JOIN first USING (id)
    WHERE NOT r.is_in AND NOT (r.file_id = first.file_id AND r.record_no = first.record_no)`;
}

/** The values of a JSON tree with their paths, whatever the order of its keys; numbers and their texts are the same. */
function leaves(json: string): string {
  return `(SELECT string_agg(fullkey || '=' || trim(CAST(atom AS VARCHAR), '"'), ' ' ORDER BY fullkey)
      FROM json_tree(${json}) WHERE atom IS NOT NULL AND CAST(atom AS VARCHAR) <> 'null')`;
}
