import type { Connection } from '../../db/database';
import { quotedString } from '../../db/sql';
import { compileRule, eventNames } from './compile';
import { listVariants, placeOf } from './fields';
import type { CorrelationRule, EventRule, SigmaRule } from './rule';

/** The joined row that rules see: the evidence with who and what resolved; service principals are left out. */
const ROW = `
  SELECT e.*, c.principal, c.principal_type, c.session_key, c.source_ip, c.source_net, c.ip_class, c.ua_family, c.is_service
  FROM events e JOIN calls c USING (file_id, record_no) WHERE c.principal_type <> 'service'`;

const SIGNS = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=' } as const;

/** A statement that gives the records of one rule: file_id, record_no. Errors say why the rule cannot run. */
export function ruleStatement(rule: SigmaRule, all: readonly SigmaRule[], relation = `(${ROW})`): string {
  if (rule.kind === 'event') return `SELECT file_id, record_no FROM ${relation} WHERE ${compileRule(rule)}`;
  const bases = rule.rules.map((name) => baseOf(name, all));
  return correlation(rule, bases.map((b) => compileRule(b)).join(' OR '), relation);
}

function baseOf(name: string, all: readonly SigmaRule[]): EventRule {
  const base = all.find((r) => r.name === name || r.id === name);
  if (base?.kind !== 'event') throw new Error(`the rule ${name} that it counts is not there`);
  return base;
}

function valueOf(field: string): string {
  const place = placeOf(field);
  if ('scalar' in place) return place.scalar;
  return `coalesce(${place.list}, ${listVariants(field).map((l) => `${l}[1]`).join(', ')})`;
}

/** All records of every burst: from the first that counts to the one that reaches the threshold and beyond. */
function correlation(rule: CorrelationRule, predicate: string, relation: string): string {
  const groups = rule.groupBy.map(valueOf);
  const group = groups.length > 0 ? `[${groups.map((g) => `CAST(${g} AS VARCHAR)`).join(', ')}]` : "['']";
  const present = groups.length > 0 ? groups.map((g) => `${g} IS NOT NULL`).join(' AND ') : 'true';
  const counted = rule.type === 'value_count' ? 'count(DISTINCT v)' : 'count(*)';
  const span = `INTERVAL ${Math.round(rule.minutes * 60)} SECOND`;
  return `
    WITH hits AS (SELECT file_id, record_no, event_time, ${group} AS g, ${rule.field === null ? 'NULL' : valueOf(rule.field)} AS v FROM ${relation} WHERE (${predicate}) AND ${present}),
    counted AS (SELECT *, ${counted} OVER (PARTITION BY g ORDER BY event_time RANGE BETWEEN ${span} PRECEDING AND CURRENT ROW) AS n FROM hits),
    reached AS (SELECT *, bool_or(n ${SIGNS[rule.operator]} ${rule.threshold}) OVER (PARTITION BY g ORDER BY event_time RANGE BETWEEN CURRENT ROW AND ${span} FOLLOWING) AS fires FROM counted)
    SELECT file_id, record_no FROM reached WHERE fires`;
}

/** Runs rules over the case; creates `hits(rule_id, file_id, record_no)`. Gives the rules that could not run, with why. */
export async function runRules(
  connection: Connection,
  rules: readonly SigmaRule[],
  progress: (share: number) => void,
): Promise<{ readonly id: string; readonly reason: string }[]> {
  const counted = new Set(rules.flatMap((r) => (r.kind === 'correlation' ? r.rules : [])));
  const shown = rules.filter((r) => !counted.has(r.name) && !counted.has(r.id));
  const names = new Set(rules.flatMap((r) => (r.kind === 'event' ? (eventNames(r) ?? []) : [])).map((n) => n.toLowerCase()));
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE rule_rows AS ${ROW} AND lower(e.event_name) IN (${[...names, ''].map(quotedString).join(', ')})`,
  );
  await connection.run('CREATE OR REPLACE TEMP TABLE hits (rule_id VARCHAR, file_id INTEGER, record_no INTEGER)');
  const failed: { id: string; reason: string }[] = [];
  for (const [i, rule] of shown.entries()) {
    progress(i / shown.length);
    try {
      const narrow = rule.kind === 'event' ? eventNames(rule) !== null : rule.rules.every((name) => eventNames(baseOf(name, rules)) !== null);
      await connection.run(`INSERT INTO hits SELECT DISTINCT ${quotedString(rule.id)}, file_id, record_no FROM (${ruleStatement(rule, rules, narrow ? 'rule_rows' : `(${ROW})`)})`);
    } catch (error) {
      failed.push({ id: rule.id, reason: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) });
    }
  }
  await connection.run('DROP TABLE rule_rows');
  return failed;
}
