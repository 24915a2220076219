import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import { runScript } from '../db/script';
import { DAYS, findAnomalies, HOURS, type Anomaly, type VolumeRow } from './anomalies';
import findingsSql from './findings.sql?raw';
import { newBehaviourParams, newBehaviourSql } from './new-behaviour';
import { newTrafficParams, newTrafficSql } from './new-traffic';
import newPrincipalsSql from './new-principals.sql?raw';
import scopeSql from './scope.sql?raw';
import volumesSql from './volumes.sql?raw';

export { newBehaviour } from './new-behaviour';
export { newTraffic } from './new-traffic';

/** Bits from which a value of a principal without history, or of a host's traffic, is kept. */
const COLD_BITS = 8;
const LIMIT = 100_000;

interface Scope {
  readonly from: string;
  readonly to: string;
  readonly bundleStart: string;
}

/**
 * Fills `baselines` for the default scope (scope.sql) and adds the strongest of it to findings, finding_events and
 * finding_entities as evidence: kind `baseline`, low or informational.
 */
export async function buildBaselines({
  connection,
  baselineDays,
  progress,
  signal,
}: AnalysisContext): Promise<void> {
  progress('Baselines', 0);
  await connection.run("DELETE FROM baselines WHERE true; DELETE FROM findings WHERE kind = 'baseline'");
  const scope = await defaultScope(connection);
  if (scope === null) return;
  const { from, to, bundleStart } = scope;
  const options = signal ? { signal } : {};
  const behaviour = newBehaviourParams({
    scope: { from, to },
    baselineDays,
    coldBits: COLD_BITS,
    limit: LIMIT,
  });
  await connection.run(
    `INSERT INTO baselines BY NAME SELECT kind, principal, value, first AS first_time, last AS last_time, succeeded, failed, bits,
       "isNewForAccount" AS is_new_for_account, "activeDays" AS active_days, "sampleSize" AS sample_size, maturity, habit, mode FROM (${newBehaviourSql})`,
    behaviour,
    options,
  );
  progress('Baselines', 0.4);
  const days = { days: baselineDays };
  await connection.run(newPrincipalsSql, { from, bundleStart, ...days }, options);
  for (const grain of [HOURS, DAYS]) {
    const rows = await connection.rows<VolumeRow>(volumesSql, { from, to, ...days, ...grain }, options);
    await insertAnomalies(connection, findAnomalies(rows, grain), baselineDays);
  }
  await connection.run(
    `INSERT INTO baselines BY NAME SELECT kind, principal, value, first AS first_time, last AS last_time, succeeded, failed, expected, bits, habit,
       "isNewForAccount" AS is_new_for_account, "activeDays" AS active_days, "sampleSize" AS sample_size, maturity, mode FROM (${newTrafficSql})`,
    newTrafficParams({ scope: { from, to }, baselineDays, least: COLD_BITS, limit: LIMIT }),
    options,
  );
  progress('Baselines', 0.7);
  await runScript(connection, findingsSql, { from, bundleStart, ...days });
}

/** The time that is compared with the days before when nobody chose one (scope.sql); null without calls. */
export async function defaultScope(connection: Connection): Promise<Scope | null> {
  const { from, to, bundleStart } = await connection.row<{ [key in keyof Scope]: string | null }>(scopeSql);
  return from === null || to === null || bundleStart === null ? null : { from, to, bundleStart };
}

async function insertAnomalies(
  connection: Connection,
  anomalies: readonly Anomaly[],
  baselineDays: number,
): Promise<void> {
  await connection.run(
    `INSERT INTO baselines BY NAME
     SELECT kind, principal, CASE WHEN ends_with(kind, '-day') THEN strftime(hour, '%Y-%m-%d') ELSE strftime(hour, '%Y-%m-%dT%H:00:00Z') END AS value, hour AS first_time,
       hour + CASE WHEN ends_with(kind, '-day') THEN INTERVAL 1 DAY ELSE INTERVAL 1 HOUR END - INTERVAL 1 MICROSECOND AS last_time,
       succeeded, failed, expected, bits, q AS q_value, false AS is_new_for_account, days AS active_days, history AS sample_size,
       least(1, days / CAST($days AS DOUBLE)) * least(1, history / 200.0) AS maturity, 'baseline' AS mode
     FROM (SELECT unnest(from_json($rows, '[{"kind":"VARCHAR","principal":"VARCHAR","hour":"TIMESTAMP","succeeded":"BIGINT","failed":"BIGINT","expected":"DOUBLE","bits":"DOUBLE","q":"DOUBLE","days":"INTEGER","history":"BIGINT"}]'), recursive := true))`,
    { rows: JSON.stringify(anomalies), days: baselineDays },
  );
}
