import type { TimeRange } from '../../../shared/model/time';
import type { Part } from '../../case/case-folder';
import { recordTables, type RecordTable } from '../record-tables';
import type { SearchTerm } from './terms';

/** Records of a step, unless a single part has more: some tenths of a second of two cores. */
const STEP_ROWS = 150_000;

/** Some parts of one table, and which of its columns are looked into. */
export interface SearchStep {
  readonly table: RecordTable;
  readonly parts: readonly Part[];
  /** `nested` leaves out what `values` found. */
  readonly columns: 'values' | 'nested';
  readonly rows: number;
}

/**
 * The whole of a search in the order of its steps: short columns of all parts before nested ones, newest parts first.
 * Flow records, which are many and hold little but addresses, come last unless an address is searched.
 */
export function searchSteps(
  parts: readonly Part[],
  term: SearchTerm,
  scope: TimeRange | null,
): readonly SearchStep[] {
  const logs = recordTables.filter(({ table }) => table !== 'flows');
  const flows = recordTables.filter(({ table }) => table === 'flows');
  const pass = (tables: readonly RecordTable[], columns: SearchStep['columns']) =>
    tables
      .flatMap((table) => grouped(table, partsOf(table, parts, scope), columns))
      .sort((a, b) => newest(b) - newest(a));
  if (term.kind === 'network')
    return [...pass(logs, 'values'), ...pass(flows, 'values'), ...pass(logs, 'nested')];
  return [
    ...pass(logs, 'values'),
    ...pass(logs, 'nested'),
    ...pass(flows, 'values'),
    ...pass(flows, 'nested'),
  ];
}

/** Newest first; a part that does not say its time may hold the newest. */
function partsOf({ table }: RecordTable, parts: readonly Part[], scope: TimeRange | null): Part[] {
  return parts
    .filter((part) => part.table === table && touches(part, scope))
    .sort((a, b) => end(b) - end(a) || (a.path < b.path ? -1 : 1));
}

/** Ends of parts are whole seconds; what lies beside one is looked at too. */
function touches({ table, first, last }: Part, scope: TimeRange | null): boolean {
  // Findings of providers have several times, and the span is of another than the one that is shown.
  if (scope === null || first === undefined || last === undefined || table === 'provider_findings')
    return true;
  return last + 1 >= Date.parse(scope.from) / 1000 && first - 1 <= Date.parse(scope.to) / 1000;
}

function grouped(table: RecordTable, parts: readonly Part[], columns: SearchStep['columns']): SearchStep[] {
  const steps: { table: RecordTable; parts: Part[]; columns: SearchStep['columns']; rows: number }[] = [];
  for (const part of parts) {
    const open = steps.at(-1);
    if (open && open.rows + part.rows <= STEP_ROWS) {
      open.parts.push(part);
      open.rows += part.rows;
    } else steps.push({ table, parts: [part], columns, rows: part.rows });
  }
  return steps;
}

const end = ({ last }: Part): number => last ?? Number.MAX_SAFE_INTEGER;
const newest = ({ parts }: SearchStep): number => Math.max(...parts.map(end));
