import type { Connection } from '../db/database';
import type { IndicatorList } from './store';
import { sweep } from './sweep';

/** An indicator that the evidence holds, at one place. */
export interface IndicatorHit {
  readonly type: string;
  readonly value: string;
  readonly label: string;
  readonly severity: string;
  readonly list: string;
  /** Kind of log and column. */
  readonly source: string;
  readonly place: string;
  /** The value as logged. */
  readonly seen: string;
  readonly records: number;
  readonly first: string;
  readonly last: string;
}

const HITS = `SELECT i.type, i.value, i.label, i.severity, i.list, h.source, h.place, h.seen, h.records, h.first_time AS first, h.last_time AS last
  FROM indicator_hits h JOIN indicators i USING (indicator)
  ORDER BY list_position(['critical', 'high', 'medium', 'low', 'informational'], i.severity), h.records DESC, i.value, h.source, h.place, h.seen`;

/** What the present lists of a case would find, without an analysis: on tables of their own that go with the connection. */
export async function hitsOf(
  connection: Connection,
  lists: readonly IndicatorList[],
): Promise<IndicatorHit[]> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE indicators AS FROM (SELECT * FROM main.indicators) WHERE false;
     CREATE OR REPLACE TEMP TABLE indicator_hits AS FROM (SELECT * FROM main.indicator_hits) WHERE false`,
  );
  try {
    await sweep(connection, lists);
    return await connection.rows<IndicatorHit>(HITS);
  } finally {
    await connection.run('DROP TABLE IF EXISTS temp.indicators; DROP TABLE IF EXISTS temp.indicator_hits');
  }
}
