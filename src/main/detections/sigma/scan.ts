import type { Connection } from '../../db/database';
import { needsRecord, openPart, predicateSql, splitBy } from './compile';
import type { LogSource } from './log-sources/log-source';
import type { Expression } from './rule';
import type { PreparedEvent } from './rule-set';

export interface NumberedEvent {
  readonly number: number;
  readonly prepared: PreparedEvent;
}

/** Rules whose verdicts are computed in one statement; more would only make the plan larger. */
const RULES_PER_STATEMENT = 250;
/** Bits of a BIGINT that are used. */
const BITS = 60;

/**
 * Adds the records of event rules on one kind of log to sigma_found, in three steps, each of which sees only what the one
 * before left open:
 * 1. records that agree in the profile columns (API, outcome, kind of caller) are judged together;
 * 2. one scan judges records by their own row. Rules that are open for the same profiles share one test of the
 *    profile, and a rule is a bit, so that a record costs no row for each rule that might match;
 * 3. what needs the resolved call is judged with it.
 */
export async function findEvents(
  connection: Connection,
  source: LogSource,
  rules: readonly NumberedEvent[],
): Promise<void> {
  await judgeProfiles(connection, source, rules);
  await connection.run(
    `INSERT INTO sigma_found BY NAME SELECT v.rule_no, '${source.id}' AS source, e.file_id, e.record_no FROM ${profiled(source, 'sigma_profiles')} JOIN (SELECT * FROM sigma_verdicts WHERE decided) v USING (profile)`,
  );
  const groups = await openGroups(connection, source, rules);
  for (let from = 0; from < groups.length;) {
    const chosen = chunk(groups, from);
    await judgeRecords(connection, source, chosen);
    from += chosen.length;
  }
  await connection.run('DROP TABLE sigma_profiles; DROP TABLE sigma_verdicts');
}

/** Records with their profile; NULL is a value like others. */
function profiled(source: LogSource, profiles: string): string {
  const same = source.profileColumns.map((c) => `p.${c} IS NOT DISTINCT FROM e.${c}`).join(' AND ');
  return `${source.table} e JOIN ${profiles} p ON ${same}`;
}

async function judgeProfiles(
  connection: Connection,
  source: LogSource,
  rules: readonly NumberedEvent[],
): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE sigma_profiles AS SELECT CAST(row_number() OVER () AS INTEGER) AS profile, * FROM (SELECT DISTINCT ${source.profileColumns.join(', ')} FROM ${source.table})`,
  );
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE sigma_verdicts (profile INTEGER, rule_no INTEGER, decided BOOLEAN)',
  );
  for (let i = 0; i < rules.length; i += RULES_PER_STATEMENT) {
    const verdicts = rules
      .slice(i, i + RULES_PER_STATEMENT)
      .map(
        ({ number, prepared }) =>
          `{'r': ${number}, 'v': ${predicateSql(prepared.expression, source, 'profile')}}`,
      );
    await connection.run(
      `INSERT INTO sigma_verdicts SELECT profile, x.r, x.v IS NOT NULL FROM (SELECT profile, unnest([${verdicts.join(', ')}]) AS x FROM sigma_profiles e) WHERE x.v IS DISTINCT FROM false`,
    );
  }
}

/** What is left of a rule, in what its own row decides and what needs the resolved call. */
interface OpenRule {
  readonly number: number;
  readonly decided: Expression;
  readonly rest: Expression;
}

/** Rules that are open for the same profiles: one look at the profile serves all of them. */
type Group = readonly OpenRule[];

async function openGroups(
  connection: Connection,
  source: LogSource,
  rules: readonly NumberedEvent[],
): Promise<Group[]> {
  const rows = await connection.rows<{ numbers: number[] }>(
    'SELECT list(rule_no ORDER BY rule_no) AS numbers FROM (SELECT rule_no, list(profile ORDER BY profile) AS profiles FROM sigma_verdicts WHERE NOT decided GROUP BY rule_no) GROUP BY profiles ORDER BY numbers[1]',
  );
  const byNumber = new Map(rules.map(({ number, prepared }) => [number, prepared.expression]));
  return rows.map(({ numbers }) =>
    numbers.map((number) => {
      const open = openPart(byNumber.get(number) ?? NOTHING, source, 'profile');
      return { number, ...splitBy(open, source, 'record') };
    }),
  );
}

const NOTHING: Expression = { op: 'or', of: [] };

/** As many of the next groups as one statement takes. */
function chunk(groups: readonly Group[], from: number): Group[] {
  const chosen: Group[] = [];
  let count = 0;
  for (const group of groups.slice(from)) {
    count += group.length;
    if (chosen.length > 0 && count > RULES_PER_STATEMENT) break;
    chosen.push(group);
  }
  return chosen;
}

interface Slot {
  readonly rule: OpenRule;
  readonly group: number;
  readonly word: number;
  readonly bit: number;
}

async function judgeRecords(
  connection: Connection,
  source: LogSource,
  groups: readonly Group[],
): Promise<void> {
  const slots = groups
    .flatMap((rules, group) => rules.map((rule) => ({ rule, group })))
    .map((slot, i): Slot => ({ ...slot, word: Math.floor(i / BITS), bit: i % BITS }));
  await maskProfiles(connection, groups);
  const words = Array.from({ length: Math.ceil(slots.length / BITS) }, (_, word) =>
    slots.filter((slot) => slot.word === word),
  );
  const flags = words.map((own, word) => `${wordSql(own, source)} AS f${word}`);
  const numbers = words.map((own, word) => {
    const list = `[${own.map((slot) => slot.rule.number).join(', ')}]`;
    return `CASE WHEN f${word} = 0 THEN [] ELSE list_filter(${list}, lambda n, i: (f${word} >> CAST(i - 1 AS BIGINT)) & 1 = 1) END`;
  });
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE sigma_open AS SELECT CAST(unnest(${numbers.length === 1 ? numbers.join('') : `list_concat(${numbers.join(', ')})`}) AS INTEGER) AS rule_no, file_id, record_no FROM (SELECT e.file_id, e.record_no, ${flags.join(', ')} FROM ${profiled(source, 'sigma_masked')})`,
  );
  const rest = slots.map((slot) => slot.rule).filter((rule) => !isTrue(rule.rest));
  await connection.run(
    `INSERT INTO sigma_found BY NAME SELECT rule_no, '${source.id}' AS source, file_id, record_no FROM sigma_open WHERE rule_no NOT IN (${[-1, ...rest.map((r) => r.number)].join(', ')})`,
  );
  for (const record of [false, true])
    await judgeCalls(
      connection,
      source,
      rest.filter((rule) => needsRecord(rule.rest, source) === record),
      record,
    );
  await connection.run('DROP TABLE sigma_open; DROP TABLE sigma_masked');
}

/** sigma_masked: the profiles with, in words of bits, the groups of rules that are open for them. */
async function maskProfiles(connection: Connection, groups: readonly Group[]): Promise<void> {
  const rows = groups.map((group, i) => `(${group[0]?.number ?? -1}, ${Math.floor(i / BITS)}, ${i % BITS})`);
  const masks = Array.from(
    { length: Math.ceil(groups.length / BITS) },
    (_, word) =>
      `CAST(coalesce(sum(CAST(1 AS BIGINT) << bit) FILTER (word = ${word}), 0) AS BIGINT) AS m${word}`,
  );
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE sigma_masked AS SELECT * FROM sigma_profiles JOIN (SELECT profile, ${masks.join(', ')} FROM sigma_verdicts JOIN (VALUES ${rows.join(', ')}) g(rule_no, word, bit) USING (rule_no) WHERE NOT decided GROUP BY profile) USING (profile)`,
  );
}

/** One BIGINT with a bit for each rule of a word whose test on the row is true. */
function wordSql(slots: readonly Slot[], source: LogSource): string {
  const groups = [...new Set(slots.map((slot) => slot.group))].map((group) => {
    const own = slots.filter((slot) => slot.group === group);
    const bits = own.map(
      ({ rule, bit }) =>
        `CASE WHEN ${predicateSql(rule.decided, source)} THEN CAST(${2n ** BigInt(bit)} AS BIGINT) ELSE 0 END`,
    );
    const mask = 2n ** BigInt(group % BITS);
    return `CASE WHEN p.m${Math.floor(group / BITS)} & CAST(${mask} AS BIGINT) <> 0 THEN ${bits.join(' + ')} ELSE 0 END`;
  });
  return groups.join(' + ');
}

async function judgeCalls(
  connection: Connection,
  source: LogSource,
  rules: readonly OpenRule[],
  record: boolean,
): Promise<void> {
  if (rules.length === 0) return;
  const branches = rules.map((r) => `WHEN ${r.number} THEN ${predicateSql(r.rest, source)}`).join('\n');
  const row = record ? ` JOIN ${source.table} e ON e.file_id = o.file_id AND e.record_no = o.record_no` : '';
  await connection.run(
    `INSERT INTO sigma_found BY NAME SELECT o.rule_no, '${source.id}' AS source, o.file_id, o.record_no FROM (SELECT * FROM sigma_open WHERE rule_no IN (${rules.map((r) => r.number).join(', ')})) o JOIN calls c ON c.file_id = o.file_id AND c.record_no = o.record_no${row} WHERE CASE o.rule_no ${branches} ELSE false END`,
  );
}

function isTrue(expression: Expression): boolean {
  return expression.op === 'and' && expression.of.length === 0;
}
