import type { NewBehaviourRow } from '../../shared/contract/incidents';
import type { TimeRange } from '../../shared/model/time';
import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import newBehaviourSql from './new-behaviour.sql?raw';

export interface NewBehaviourOptions {
  readonly scope: TimeRange;
  readonly baselineDays: number;
  /** Only this principal; all when null. */
  readonly principal?: string | null;
  readonly limit?: number;
}

/**
 * Values that a principal shows in scope and did not show in the days before, with how much history there is. With less
 * than two days of history the mode is `cold`: such a value is only first seen in the bundle, never called new.
 */
export function newBehaviour(connection: Connection, options: NewBehaviourOptions): Promise<NewBehaviourRow[]> {
  return connection.rows<NewBehaviourRow>(newBehaviourSql, {
    from: options.scope.from,
    to: options.scope.to,
    days: options.baselineDays,
    principal: options.principal ?? null,
    limit: options.limit ?? 500,
  });
}

/** Fills `baselines` for the default scope: from one hour before the earliest finding of at least high to the end. */
export async function buildBaselines({ connection, baselineDays, progress }: AnalysisContext): Promise<void> {
  progress('Baselines', 0);
  const span = await connection.row<{ from: string | null; to: string | null }>(`
    SELECT coalesce((SELECT min(first_time) - INTERVAL 1 HOUR FROM findings WHERE severity IN ('high', 'critical')), max(last_time) - INTERVAL 1 DAY) AS "from", max(last_time) AS "to" FROM activity`);
  if (span.from === null || span.to === null) return;
  await connection.run(
    `INSERT INTO baselines SELECT kind, principal, value, first, last, succeeded, failed, NULL, bits, NULL, "isNewForAccount", "activeDays", "sampleSize", maturity, mode, NULL FROM (${newBehaviourSql})`,
    { from: span.from, to: span.to, days: baselineDays, principal: null, limit: 100_000 },
  );
}
