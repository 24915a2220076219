import { hitsOf } from '../indicators/hits';
import { loadLists, type IndicatorList } from '../indicators/store';
import type { Severity } from '../../shared/model/severity';
import type { IndicatorListRow } from '../../shared/contract/indicators';
import type { QueryHandlers } from './handlers';

const HITS = 1000;
const SKIPPED = 50;

/** What the imported lists hold, and what of it stands in the evidence. */
export const indicatorQueries: QueryHandlers<'indicators/list'> = {
  'indicators/list': async ({ connection, caseFolder }) => {
    const startedAt = performance.now();
    const lists = await loadLists(caseFolder);
    const hits = lists.length === 0 ? [] : await hitsOf(connection, lists);
    return {
      lists: lists.map(inShort),
      hits: hits.slice(0, HITS).map((hit) => ({ ...hit, severity: hit.severity as Severity })),
      total: hits.length,
      milliseconds: Math.round(performance.now() - startedAt),
    };
  },
};

function inShort({ name, format, importedAt, sha256, indicators, skipped }: IndicatorList): IndicatorListRow {
  return {
    name,
    format,
    importedAt,
    sha256,
    indicators: indicators.length,
    skipped: skipped.slice(0, SKIPPED).map(({ place, text, reason }) => ({ place, text, reason })),
    skippedTotal: skipped.length,
  };
}
