import type { Connection } from '../../db/database';
import { logSources } from './log-sources';
import type { PreparedCorrelation, PreparedEvent, RuleSet } from './rule-set';
import { findEvents, type NumberedEvent } from './scan';
import { findCorrelations } from './correlate';
import { firstSeenStatement } from './statements';

/** A rule that has records and whose rows in `sigma_hits` carry its number. */
export interface NumberedRule {
  readonly number: number;
  readonly prepared: PreparedEvent | PreparedCorrelation;
}

/**
 * Runs all rules over the case; creates the temporary table sigma_hits(rule_no, source, file_id, record_no, fold) with
 * the records of every rule that reports, and what makes one finding of a correlation's records. Gives the rules by number.
 */
export async function runRules(
  connection: Connection,
  rules: RuleSet,
  progress: (share: number) => void,
): Promise<NumberedRule[]> {
  const events = rules.events.map((prepared, number) => ({ number, prepared }));
  const correlations = rules.correlations.map((prepared, i) => ({ number: events.length + i, prepared }));
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE sigma_found (rule_no INTEGER, source VARCHAR, file_id INTEGER, record_no INTEGER, fold VARCHAR)',
  );
  await connection.run('CREATE OR REPLACE TEMP TABLE sigma_hits AS FROM sigma_found');
  for (const [i, source] of logSources.entries()) {
    progress(i / logSources.length);
    const own = events.filter((e) => e.prepared.source === source);
    const { empty } = await connection.row<{ empty: boolean }>(
      `SELECT count(*) = 0 AS empty FROM (FROM ${source.table} LIMIT 1)`,
    );
    if (own.length === 0 || empty) continue;
    await findEvents(connection, source, own);
    await findFirstSeen(connection, own);
    await findCorrelations(
      connection,
      source,
      correlations.filter((c) => c.prepared.source === source),
      own,
    );
  }
  const silent = [...events, ...correlations].filter((e) => e.prepared.silent).map((e) => e.number);
  await connection.run(
    `INSERT INTO sigma_hits FROM sigma_found WHERE rule_no NOT IN (${[-1, ...silent].join(', ')})`,
  );
  await connection.run('DROP TABLE sigma_found');
  return [...events, ...correlations].filter((e) => !e.prepared.silent);
}

async function findFirstSeen(connection: Connection, rules: readonly NumberedEvent[]): Promise<void> {
  for (const { number, prepared } of rules) {
    const { firstSeen } = prepared.rule;
    if (!firstSeen) continue;
    const { n } = await connection.row<{ n: number }>(
      'SELECT count(*) AS n FROM sigma_found WHERE rule_no = $number',
      { number },
    );
    if (n === 0) continue;
    const hits = `SELECT file_id, record_no FROM sigma_found WHERE rule_no = ${number}`;
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE sigma_new AS ${firstSeenStatement(hits, firstSeen, prepared.source)}`,
    );
    await connection.run(`DELETE FROM sigma_found WHERE rule_no = ${number}`);
    await connection.run(
      `INSERT INTO sigma_found BY NAME SELECT ${number} AS rule_no, '${prepared.source.id}' AS source, file_id, record_no FROM sigma_new`,
    );
  }
}
