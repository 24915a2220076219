import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../src/main/db/database';
import { builtInRules } from '../../../src/main/detections/built-in';
import { catalogue, ruleSql, ruleText } from '../../../src/main/detections/catalogue';
import { builtInBook } from '../../../src/main/detections/packs/rule-book';
import { runRules } from '../../../src/main/detections/sigma/run';
import { technique } from '../../../src/main/detections/techniques';
import { TACTICS } from '../../../src/shared/model/tactic';
import { caseWith } from './evidence-fixture';

const SAMPLES = resolve('test/detections');
const ATTEMPT = '-attempt';

/** A record that starts the case three weeks before the samples, so that rules about first use have a past. */
const START = {
  eventTime: '2024-03-01T00:00:00Z',
  eventID: 'start',
  eventName: 'ListBuckets',
  eventSource: 's3.amazonaws.com',
  recipientAccountId: '111122223333',
};

interface Ran {
  readonly database: Database;
  /** Rule id -> sample folders whose records it hits. */
  readonly hits: ReadonlyMap<string, ReadonlySet<string>>;
}

type Kind = 'cloudtrail' | 'flows' | 'k8sAudit' | 'dnsQueries' | 's3Access' | 'elbAccess' | 'waf';

/** What kind of log a sample is a record of. */
function kindOf(line: string): Kind {
  if (line.startsWith('{"kind":"Event"')) return 'k8sAudit';
  if (line.includes('"query_name"')) return 'dnsQueries';
  if (line.includes('"webaclId"')) return 'waf';
  if (line.startsWith('{')) return 'cloudtrail';
  if (/^(https?|h2|wss?|grpcs) /.test(line)) return 'elbAccess';
  return / REST\.| BATCH\./.test(line) ? 's3Access' : 'flows';
}

async function run(
  file: 'fires' | 'quiet',
  change: (record: Record<string, unknown>) => void = () => undefined,
): Promise<Ran> {
  const folders = readdirSync(SAMPLES).sort();
  const lines = folders.flatMap((folder) =>
    readFileSync(join(SAMPLES, folder, `${file}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ folder, line })),
  );
  const of = (kind: Kind) => lines.filter((l) => kindOf(l.line) === kind);
  const records = (kind: Kind) =>
    of(kind).map(({ folder, line }) => {
      const record = JSON.parse(line) as Record<string, unknown>;
      change(record);
      return { ...record, sample: folder };
    });
  const texts = (kind: Kind) => of(kind).map((l) => l.line);
  const database = await caseWith({
    cloudtrail: [START, ...records('cloudtrail')],
    flows: texts('flows'),
    k8sAudit: records('k8sAudit'),
    dnsQueries: records('dnsQueries'),
    s3Access: texts('s3Access'),
    elbAccess: texts('elbAccess'),
    waf: records('waf'),
  });
  const numbered = await runRules(database.main, builtInBook().set, () => undefined);
  const rows = await database.main.rows<{
    rule_no: number;
    source: string;
    record_no: number;
    sample: string | null;
  }>(
    `SELECT DISTINCT h.rule_no, h.source, h.record_no, coalesce(e.extra ->> '$.sample', k.extra ->> '$.sample', d.extra ->> '$.sample', w.extra ->> '$.sample') AS sample FROM sigma_hits h
     LEFT JOIN events e ON h.source = 'cloudtrail' AND e.file_id = h.file_id AND e.record_no = h.record_no
     LEFT JOIN k8s_audit k ON h.source = 'k8s-audit' AND k.file_id = h.file_id AND k.record_no = h.record_no
     LEFT JOIN waf_requests w ON h.source = 'waf' AND w.file_id = h.file_id AND w.record_no = h.record_no
     LEFT JOIN dns_queries d ON h.source = 'dns-query' AND d.file_id = h.file_id AND d.record_no = h.record_no`,
  );
  const hits = new Map<string, Set<string>>();
  for (const row of rows) {
    const id = numbered.find((n) => n.number === row.rule_no)?.prepared.rule.id ?? '';
    const line = { 'vpc-flow': of('flows'), 's3-access': of('s3Access'), 'elb-access': of('elbAccess') }[
      row.source
    ]?.[row.record_no - 1];
    const folder = line?.folder ?? row.sample;
    hits.set(id, (hits.get(id) ?? new Set()).add(folder ?? ''));
  }
  return { database, hits };
}

const reporting = [
  ...builtInBook().set.events.filter((e) => !e.silent),
  ...builtInBook().set.correlations,
].map((p) => p.rule);
const plain = reporting.filter((r) => !r.id.endsWith(ATTEMPT));

describe('every built-in rule', () => {
  let fires: Ran;
  let quiet: Ran;
  let failing: Ran;
  beforeAll(async () => {
    fires = await run('fires');
    quiet = await run('quiet');
    failing = await run('fires', (record) =>
      Object.assign(record, {
        errorCode: 'AccessDenied',
        errorMessage: 'not authorized',
        responseElements: null,
      }),
    );
  });
  afterAll(() => [fires, quiet, failing].forEach((ran) => ran?.database.close()));

  test.each(plain.map((r) => r.id))('%s fires on its sample and is quiet on look-alikes', (id) => {
    expect(existsSync(join(SAMPLES, id, 'fires.jsonl')), 'it has samples').toBe(true);
    expect(fires.hits.get(id)?.has(id) ?? false, 'fires').toBe(true);
    expect(quiet.hits.get(id)?.has(id) ?? false, 'fires on quiet.jsonl').toBe(false);
  });

  test('attempts fire on the failed call, and only then', () => {
    const attempts = reporting.filter((r) => r.id.endsWith(ATTEMPT));
    expect(attempts.length).toBeGreaterThan(60);
    const of = (ran: Ran) =>
      attempts.filter((r) => ran.hits.get(r.id)?.has(r.id.slice(0, -ATTEMPT.length))).map((r) => r.id);
    expect(of(failing)).toEqual(attempts.map((r) => r.id));
    expect(of(fires)).toEqual([]);
  });

  test('shows a statement that gives exactly its records', async () => {
    for (const { id } of reporting) {
      const rows = await fires.database.main.rows<{ sample: string | null }>(
        `SELECT DISTINCT e.extra ->> '$.sample' AS sample FROM events e SEMI JOIN (${ruleSql(id)}) USING (file_id, record_no)`,
      );
      if (!id.startsWith('ct-')) continue;
      expect([...new Set(rows.map((r) => r.sample))].sort(), id).toEqual(
        [...(fires.hits.get(id) ?? [])].sort(),
      );
    }
  });

  test('is complete: words, tags, remediation, source text', () => {
    for (const rule of reporting) {
      expect(rule.title.length, rule.id).toBeGreaterThan(5);
      expect(rule.description, rule.id).toMatch(/^[A-Z].*\.$/s);
      expect(rule.severityReason, rule.id).toMatch(/^[A-Z].*\.$/s);
      expect(rule.falsePositives, rule.id).not.toBe('');
      expect(
        TACTICS.map((t) => t.slug),
        rule.id,
      ).toContain(rule.tactic);
      for (const id of rule.techniques) expect(technique(id)?.text, `${rule.id} ${id}`).toMatch(/\.$/);
      expect(rule.author).toBe('Coldtrail');
      expect(ruleText(rule.id)).toContain('title:');
    }
    expect(new Set(builtInRules.map((r) => r.id)).size).toBe(builtInRules.length);
  });
});

test('the catalogue covers the tactics of cloud intrusions', () => {
  const entries = catalogue();
  expect(entries.length).toBeGreaterThan(250);
  expect(new Set(entries.map((e) => e.tactic))).toEqual(new Set(TACTICS.map((t) => t.slug)));
});
