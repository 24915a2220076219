import type { Connection } from '../../db/database';
import type { LogSource } from './log-sources/log-source';
import { logSources } from './log-sources';
import type { PreparedCorrelation, PreparedEvent, RuleSet } from './rule-set';
import { findEvents } from './scan';
import {
  correlationNeedsCalls,
  countedSql,
  firstSeenStatement,
  foldSql,
  fromSql,
  groupSql,
  windowStatement,
} from './statements';

/** A rule that has records and whose rows in `sigma_hits` carry its number. */
export interface NumberedRule {
  readonly number: number;
  readonly prepared: PreparedEvent | PreparedCorrelation;
}

interface Numbered<T> {
  readonly number: number;
  readonly prepared: T;
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
  const silent = events.filter((e) => e.prepared.silent).map((e) => e.number);
  await connection.run(
    `INSERT INTO sigma_hits FROM sigma_found WHERE rule_no NOT IN (${[-1, ...silent].join(', ')})`,
  );
  await connection.run('DROP TABLE sigma_found');
  return [...events.filter((e) => !e.prepared.silent), ...correlations];
}

async function findFirstSeen(
  connection: Connection,
  rules: readonly Numbered<PreparedEvent>[],
): Promise<void> {
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

async function findCorrelations(
  connection: Connection,
  source: LogSource,
  correlations: readonly Numbered<PreparedCorrelation>[],
  events: readonly Numbered<PreparedEvent>[],
): Promise<void> {
  const numberOf = new Map(events.map((e) => [e.prepared, e.number]));
  const members = correlations.flatMap(({ number, prepared }) =>
    prepared.bases.map((base, position) => ({
      correlation: number,
      prepared,
      base,
      position,
      rule: numberOf.get(base) ?? -1,
    })),
  );
  if (members.length === 0) return;
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE sigma_counted (rule_no INTEGER, correlation INTEGER, part INTEGER)',
  );
  await connection.run(
    `INSERT INTO sigma_counted VALUES ${members.map((m) => `(${m.rule}, ${m.correlation}, ${m.position})`).join(', ')}`,
  );
  const branch = (value: (m: (typeof members)[number]) => string) =>
    `CASE m.correlation * 1000 + m.part ${members.map((m) => `WHEN ${m.correlation * 1000 + m.position} THEN ${value(m)}`).join('\n')} END`;
  const calls = source.hasCalls && correlations.some((c) => correlationNeedsCalls(c.prepared));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE sigma_members AS SELECT m.correlation, m.part, e.file_id, e.record_no, e.${source.timeColumn} AS seen, ${branch((m) => groupSql(m.prepared, m.base))} AS g, ${branch((m) => countedSql(m.prepared, m.base))} AS v, ${branch((m) => foldSql(m.prepared, m.base))} AS fold FROM ${fromSql(source, calls)} JOIN (SELECT DISTINCT rule_no, file_id, record_no FROM sigma_found) h ON h.file_id = e.file_id AND h.record_no = e.record_no JOIN sigma_counted m USING (rule_no)`,
  );
  for (const { number, prepared } of correlations) {
    const own = `SELECT part, file_id, record_no, seen, g, v FROM sigma_members WHERE correlation = ${number}`;
    const plain = windowStatement(prepared.rule, own);
    const { firstSeen } = prepared.rule;
    const statement = firstSeen ? firstSeenStatement(plain, firstSeen, source) : plain;
    await connection.run(
      `INSERT INTO sigma_found SELECT DISTINCT ${number}, '${source.id}', h.file_id, h.record_no, m.fold FROM (${statement}) h JOIN sigma_members m ON m.correlation = ${number} AND m.file_id = h.file_id AND m.record_no = h.record_no`,
    );
  }
  await connection.run('DROP TABLE sigma_members');
}
