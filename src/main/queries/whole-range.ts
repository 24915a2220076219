import type { TimeRange } from '../../shared/model/time';
import type { Connection } from '../db/database';

/** The time all calls and flow records cover, else that of any record; a moment in 1970 for a case without any. */
export function wholeRange(connection: Connection): Promise<TimeRange> {
  const span = (side: string, pick: string) =>
    `coalesce(${pick}(${side}) FILTER (source IN ('cloudtrail', 'vpc-flow')), ${pick}(${side}), TIMESTAMP '1970-01-01')`;
  return connection.row<TimeRange>(
    `SELECT ${span('first_time', 'min')} AS "from", ${span('last_time', 'max')} AS "to" FROM files WHERE source <> 'cloudtrail-public-key'`,
  );
}
