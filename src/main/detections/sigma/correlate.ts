import type { Connection } from '../../db/database';
import {
  correlationNeedsCalls,
  countedSql,
  foldSql,
  groupSql,
  isCorrelation,
  recordsSql,
} from './correlation-sql';
import type { LogSource } from './log-sources/log-source';
import type { PreparedCorrelation } from './rule-set';
import type { NumberedEvent } from './scan';
import { firstSeenStatement, fromSql } from './statements';

interface NumberedCorrelation {
  readonly number: number;
  readonly prepared: PreparedCorrelation;
}

/**
 * Adds the records of the correlations on one kind of log to sigma_found, from what their event rules found. Those that
 * others count come before them.
 */
export async function findCorrelations(
  connection: Connection,
  source: LogSource,
  correlations: readonly NumberedCorrelation[],
  events: readonly NumberedEvent[],
): Promise<void> {
  if (correlations.length === 0) return;
  await collectMembers(connection, source, correlations, events);
  const numberOf = new Map(correlations.map((c) => [c.prepared, c.number]));
  for (const { number, prepared } of correlations) {
    const parts = {
      events: `SELECT part, file_id, record_no, seen, g, v FROM sigma_members WHERE correlation = ${number}`,
      bursts: (base: PreparedCorrelation) => `FROM sigma_bursts_${numberOf.get(base) ?? -1}`,
    };
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE sigma_bursts_${number} AS ${recordsSql(prepared, parts)}`,
    );
    const plain = `SELECT DISTINCT file_id, record_no FROM sigma_bursts_${number}`;
    const { firstSeen } = prepared.rule;
    const records = firstSeen ? firstSeenStatement(plain, firstSeen, source) : plain;
    const own = `SELECT file_id, record_no, fold FROM sigma_members WHERE correlation = ${number}`;
    const group = `SELECT file_id, record_no, any_value('|' || array_to_string(g, '|')) AS fold FROM sigma_bursts_${number} GROUP BY ALL`;
    await connection.run(
      `INSERT INTO sigma_found SELECT DISTINCT ${number}, '${source.id}', h.file_id, h.record_no, coalesce(m.fold, b.fold) FROM (${records}) h JOIN (${group}) b USING (file_id, record_no) LEFT JOIN (${own}) m USING (file_id, record_no)`,
    );
  }
  await connection.run('DROP TABLE sigma_members');
  for (const { number } of correlations) await connection.run(`DROP TABLE sigma_bursts_${number}`);
}

/** sigma_members: what the event rules found, once for each correlation that counts it, with its group and value. */
async function collectMembers(
  connection: Connection,
  source: LogSource,
  correlations: readonly NumberedCorrelation[],
  events: readonly NumberedEvent[],
): Promise<void> {
  const numberOf = new Map(events.map((e) => [e.prepared, e.number]));
  const members = correlations.flatMap(({ number, prepared }) =>
    prepared.bases.flatMap((base, position) =>
      isCorrelation(base)
        ? []
        : [{ correlation: number, prepared, base, position, rule: numberOf.get(base) ?? -1 }],
    ),
  );
  const rows = members.map((m) => `(${m.rule}, ${m.correlation}, ${m.position})`);
  const branch = (value: (m: (typeof members)[number]) => string) =>
    `CASE m.correlation * 1000 + m.part ${members.map((m) => `WHEN ${m.correlation * 1000 + m.position} THEN ${value(m)}`).join('\n')} END`;
  const calls = source.hasCalls && correlations.some((c) => correlationNeedsCalls(c.prepared));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE sigma_members AS SELECT m.correlation, m.part, e.file_id, e.record_no, e.${source.timeColumn} AS seen, ${branch((m) => groupSql(m.prepared, m.base))} AS g, ${branch((m) => countedSql(m.prepared, m.base))} AS v, ${branch((m) => foldSql(m.prepared, m.base))} AS fold FROM ${fromSql(source, calls)} JOIN sigma_found h ON h.file_id = e.file_id AND h.record_no = e.record_no JOIN (VALUES ${rows.join(', ')}) m(rule_no, correlation, part) USING (rule_no)`,
  );
}
