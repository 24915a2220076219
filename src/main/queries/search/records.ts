import { join } from 'node:path';
import type { RequestOf, ResponseOf } from '../../../shared/contract/index';
import { evidenceTables } from '../../evidence/tables';
import { visibleOf } from '../../evidence/views';
import type { QueryContext } from '../handlers';
import { Panel } from '../panel';
import type { RecordTable } from '../record-tables';
import { recordsOf, type RecordKey } from '../records-page';
import { inScope, scopeParams } from '../scope';
import { recordConditions, termParams } from './conditions';
import { searchSteps, type SearchStep } from './steps';
import { searchTerm, type SearchTerm } from './terms';

type Stretch = ResponseOf<'search/records'>;

/** A stretch ends with the step in which this has passed, so that an answer comes several times a second. */
const STRETCH_MS = 200;

interface FoundKey extends RecordKey {
  readonly found: number;
}

/** Searches from step `at` on, for a moment. Every matching record is counted in exactly one step. */
export async function searchRecords(
  { connection, caseFolder }: QueryContext,
  { text, scope, limit, at, notBefore }: RequestOf<'search/records'>,
): Promise<Stretch> {
  const startedAt = performance.now();
  const term = searchTerm(text);
  const isNothing = term.kind === 'text' && term.text === '';
  const steps = isNothing ? [] : searchSteps((await caseFolder.manifest()).parts, term, scope);
  const params = { ...termParams(term), ...scopeParams(scope), limit, notBefore };
  const tables = new Set<RecordTable>();
  let keys: FoundKey[] = [];
  let [next, total] = [at, 0];
  while (next < steps.length && (next === at || performance.now() - startedAt < STRETCH_MS)) {
    const step = steps[next] as SearchStep;
    next += 1;
    const found = await new Panel(stepSql(step, term, caseFolder.path), params).rows<FoundKey>(connection);
    if (found[0] === undefined) continue;
    total += found[0].found;
    const told = found.filter(({ file_id }) => file_id !== null);
    if (told.length > 0) tables.add(step.table);
    keys = [...keys, ...told].sort(newestFirst).slice(0, limit);
  }
  return {
    records: await recordsOf(connection, keys, [...tables], total),
    next: next < steps.length ? next : null,
    steps: steps.length,
    share: shareOf(steps, next),
  };
}

/** The newest keys that a step finds, and with each of them, or with none, how many it finds. */
function stepSql({ table, parts, columns }: SearchStep, term: SearchTerm, folder: string): string {
  const doc = evidenceTables.find((known) => known.table === table.table);
  if (!doc) throw new Error(`${table.table} is no evidence table`);
  const { values, nested } = recordConditions(table, term);
  const matching = columns === 'values' ? values : `${nested}\n  AND ${values} IS NOT TRUE`;
  return `WITH found AS MATERIALIZED (
  SELECT ${table.source} AS source, file_id, record_no, ${table.time} AS event_time
  FROM (${visibleOf(
    doc,
    parts.map(({ path }) => join(folder, path)),
  )}) WHERE ${matching} AND ${inScope(table.time)}
)
SELECT k.*, n.found FROM (SELECT count(*) AS found FROM found) n LEFT JOIN (
  SELECT * FROM found WHERE $notBefore IS NULL OR event_time >= CAST($notBefore AS TIMESTAMP)
  ORDER BY event_time DESC NULLS LAST, source, file_id, record_no LIMIT CAST($limit AS BIGINT)
) k ON true WHERE n.found > 0`;
}

function newestFirst(a: RecordKey, b: RecordKey): number {
  return (
    compare(b.event_time ?? '', a.event_time ?? '') ||
    compare(a.source, b.source) ||
    a.file_id - b.file_id ||
    a.record_no - b.record_no
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function shareOf(steps: readonly SearchStep[], done: number): number {
  const rows = (of: readonly SearchStep[]) => of.reduce((sum, step) => sum + step.rows, 0);
  const all = rows(steps);
  return all === 0 ? 1 : rows(steps.slice(0, done)) / all;
}
