import type { RequestOf, ResponseOf } from '../../../src/shared/contract/index';
import type { TimeRange } from '../../../src/shared/model/time';

type Ask = (request: RequestOf<'search/records'>) => Promise<ResponseOf<'search/records'>>;

export interface AllFound {
  readonly total: number;
  /** The newest of them, by column name. */
  readonly rows: Readonly<Record<string, unknown>>[];
  readonly stretches: number;
}

/** A search to its end, as the view does it. */
export async function searchAll(
  ask: Ask,
  text: string,
  { limit = 20, scope = null }: { readonly limit?: number; readonly scope?: TimeRange | null } = {},
): Promise<AllFound> {
  const rows: Record<string, unknown>[] = [];
  let [total, stretches, share] = [0, 0, 0];
  for (let at: number | null = 0; at !== null;) {
    const found: ResponseOf<'search/records'> = await ask({ text, scope, limit, at, notBefore: null });
    const { names, columns, rowCount } = found.records;
    for (let row = 0; row < rowCount; row += 1)
      rows.push(Object.fromEntries(names.map((name, i) => [name, columns[i]?.[row]])));
    total += found.records.total;
    stretches += 1;
    if (found.share < share) throw new Error('the share goes back');
    ({ share, next: at } = found);
  }
  if (share !== 1) throw new Error(`the search ended at ${share}`);
  rows.sort((a, b) => (String(a['event_time']) < String(b['event_time']) ? 1 : -1));
  return { total, rows: rows.slice(0, limit), stretches };
}
