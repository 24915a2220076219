import type { NewBehaviourRow } from '../../shared/contract/investigation';
import type { ResponseOf } from '../../shared/contract/index';
import type { TimeRange } from '../../shared/model/time';
import { newBehaviourParams, newBehaviourSql } from '../baselines/new-behaviour';
import type { QueryHandlers } from './handlers';
import { incidentRows, incidentsPanel } from './incident-rows';
import { Panel } from './panel';
import { inCutHour, inScope, scopeParams, touchesScope, WHOLE_HOUR } from './scope';
import { readSeries, seriesPanel } from './series';
import { wholeRange } from './whole-range';
import newBehaviourRowsSql from './sql/new-behaviour-rows.sql?raw';
import scopedSql from './sql/scoped-activity.sql?raw';
import scopedDaysSql from './sql/scoped-days.sql?raw';
import instancesSql from './sql/summary-instances.sql?raw';
import principalsSql from './sql/summary-principals.sql?raw';
import totalsSql from './sql/summary-totals.sql?raw';

type Summary = ResponseOf<'summary/get'>;
type Principal = Summary['principals'][number];
type StoredPrincipal = Omit<Principal, 'spark'> & {
  readonly days: readonly { readonly day: string; readonly n: number }[] | null;
};

const BASELINE_DAYS = 14;
const NEW_ROWS = 200;
const DAY_MS = 86_400_000;

export const summaryQueries: QueryHandlers<'summary/get'> = {
  'summary/get': async ({ connection }, { scope }) => {
    const range = scope ?? (await wholeRange(connection));
    const panels = summaryPanels(scope, range);
    const days = daysOf(range);
    const principals = await panels.principals.rows<StoredPrincipal>(connection);
    return {
      totals: await panels.totals.row<Summary['totals']>(connection),
      incidents: await incidentRows(connection, panels.incidents),
      principals: principals.map((row) => withSpark(row, days)),
      instances: await panels.instances.rows<Summary['instances'][number]>(connection),
      newBehaviour: await panels.newBehaviour.rows<NewBehaviourRow>(connection),
      series: await readSeries(connection, panels.series),
      sparkDays: days,
      sql: Object.fromEntries(Object.entries(panels).map(([name, panel]) => [name, panel.shown])),
    };
  },
};

function summaryPanels(scope: TimeRange | null, range: TimeRange) {
  const params = scopeParams(scope);
  const fill = (text: string) =>
    text
      .replace('{{scoped}}', () => scopedDaysSql)
      .replace('{{start_time}}', () => inScope('start_time'))
      .replace('{{whole_hour}}', () => WHOLE_HOUR)
      .replace('{{cut_hour}}', () => inCutHour('start_time'))
      .replace('{{event_time}}', () => inScope('event_time'))
      .replaceAll('{{finding}}', () => touchesScope('first_time', 'last_time'));
  return {
    totals: new Panel(fill(totalsSql), params),
    incidents: incidentsPanel(touchesScope('first', 'last'), params),
    principals: new Panel(fill(principalsSql), params),
    instances: new Panel(fill(instancesSql), params),
    newBehaviour: newBehaviourPanel(scope),
    series: seriesPanel(scopedCalls(range), params, range),
  };
}

/** Hours are enough for wide buckets; narrow ones are counted from the records. */
function scopedCalls(range: TimeRange): string {
  const hours = (Date.parse(range.to) - Date.parse(range.from)) / 3_600_000;
  return hours > 200
    ? `SELECT hour AS event_time, succeeded, failed FROM (\n${scopedSql})`
    : `SELECT event_time, CAST(error_code IS NULL AS INTEGER) AS succeeded, CAST(error_code IS NOT NULL AS INTEGER) AS failed
  FROM calls WHERE ${inScope('event_time')}`;
}

/** Without a scope, what the analysis found in its own; with one, what is new against the days before it. */
function newBehaviourPanel(scope: TimeRange | null): Panel {
  if (scope !== null) {
    return new Panel(
      newBehaviourSql,
      newBehaviourParams({ scope, baselineDays: BASELINE_DAYS, limit: NEW_ROWS }),
    );
  }
  const order = 'ORDER BY mode, bits DESC NULLS LAST, first, kind, principal, value';
  return new Panel(`${newBehaviourRowsSql}${order} LIMIT ${NEW_ROWS}`, {});
}

/** Start of every day of the range, as the day buckets of the sparks. */
function daysOf(range: TimeRange): string[] {
  const first = Math.floor(Date.parse(range.from) / DAY_MS) * DAY_MS;
  const count = Math.floor((Date.parse(range.to) - first) / DAY_MS) + 1;
  return Array.from({ length: Math.max(0, Math.min(count, 4000)) }, (_, i) => dayText(first + i * DAY_MS));
}

function dayText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}.000000Z`;
}

function withSpark({ days, ...row }: StoredPrincipal, axis: readonly string[]): Principal {
  const counts = new Map((days ?? []).map(({ day, n }) => [day, n]));
  return { ...row, spark: axis.map((day) => counts.get(day) ?? 0) };
}
