import type { Connection } from '../../db/database';
import { builtInRules } from '../built-in';
import { prepareRules, isMeant } from '../sigma/rule-set';
import { parseSigma } from '../sigma/parse';
import type { SigmaRule } from '../sigma/rule';
import { runRules } from '../sigma/run';
import type { Pack } from './case-rules';

export interface TestedRule {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  readonly author: string;
  readonly licence: string;
  readonly link: string;
  /** Why it cannot run; null when it did. */
  readonly reason: string | null;
  /** Records it matches on this case. */
  readonly records: number;
  /** Records that filters of the folder take from a rule that is not in it; 0 for rules of the folder. */
  readonly excluded: number;
  readonly first: string | null;
  readonly last: string | null;
  /** Up to five of the records. */
  readonly samples: readonly {
    readonly source: string;
    readonly fileId: number;
    readonly recordNo: number;
  }[];
}

/**
 * What the rules of a folder match on a case, which stays as it is. Filters of the folder for built-in rules are told by
 * what is left of these.
 */
export async function testRules(connection: Connection, pack: Pack): Promise<TestedRule[]> {
  const parsed = pack.files.map(({ path, text }) => ({ path, ...parseSigma(text) }));
  const own = parsed.flatMap((file) => file.rules);
  const named = own.flatMap((rule) => (rule.kind === 'event' ? [] : rule.rules));
  const helped = builtInRules.filter(
    (rule) => !own.some((o) => o.id === rule.id) && named.some((word) => isMeant(rule, word)),
  );
  const set = prepareRules([...helped, ...own]);
  const before = await matchesOf(connection, prepareRules(helped));
  const after = await matchesOf(connection, set);
  const reasons = new Map(set.problems.map(({ rule, reason }) => [rule, reason]));
  const filtered = helped.filter((rule) => rule.kind === 'event' && before.has(rule.id));
  const told = [...own.filter((rule) => rule.kind !== 'filter' || reasons.has(rule)), ...filtered].map(
    (rule): TestedRule => {
      const matches = after.get(rule.id) ?? NOTHING;
      const excluded = (before.get(rule.id)?.records ?? matches.records) - matches.records;
      return { ...headOf(rule), reason: reasons.get(rule) ?? null, ...matches, excluded };
    },
  );
  const broken = parsed.flatMap(({ path, problems }) =>
    problems.map((p): TestedRule => ({
      ...{ id: p.id ?? path, title: p.title ?? path, level: '', author: '', licence: '', link: '' },
      ...{ ...NOTHING, reason: `${path}: ${p.reason}`, excluded: 0 },
    })),
  );
  return [...told, ...broken];
}

type Matches = Pick<TestedRule, 'records' | 'first' | 'last' | 'samples'>;

const NOTHING: Matches = { records: 0, first: null, last: null, samples: [] };

const TIMES = `SELECT 'cloudtrail' AS source, file_id, record_no, event_time FROM events
  UNION ALL SELECT 'vpc-flow', file_id, record_no, start_time FROM flows
  UNION ALL SELECT 'k8s-audit', file_id, record_no, event_time FROM k8s_audit
  UNION ALL SELECT 'dns-query', file_id, record_no, event_time FROM dns_queries
  UNION ALL SELECT 's3-access', file_id, record_no, event_time FROM s3_access
  UNION ALL SELECT 'elb-access', file_id, record_no, event_time FROM elb_access
  UNION ALL SELECT 'waf', file_id, record_no, event_time FROM waf_requests
  UNION ALL SELECT 'cloudfront', file_id, record_no, event_time FROM cloudfront_access`;

/** By id of the rules that report. */
async function matchesOf(
  connection: Connection,
  set: ReturnType<typeof prepareRules>,
): Promise<Map<string, Matches>> {
  const numbered = await runRules(connection, set, () => undefined);
  const rows = await connection.rows<Matches & { rule_no: number }>(
    `SELECT rule_no, count(*) AS records, min(event_time) AS first, max(event_time) AS last,
       list({'source': source, 'fileId': file_id, 'recordNo': record_no} ORDER BY event_time, file_id, record_no)[1:5] AS samples
     FROM (SELECT DISTINCT rule_no, source, file_id, record_no FROM sigma_hits) JOIN (${TIMES}) USING (source, file_id, record_no) GROUP BY rule_no`,
  );
  await connection.run('DROP TABLE sigma_hits');
  const byNumber = new Map(rows.map(({ rule_no, ...matches }) => [rule_no, matches]));
  return new Map(numbered.map((n) => [n.prepared.rule.id, byNumber.get(n.number) ?? NOTHING]));
}

function headOf({ id, title, level, author, licence, link }: SigmaRule) {
  return { id, title, level, author, licence, link };
}
