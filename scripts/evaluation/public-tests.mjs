import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rule tests of others are records with an answer: should a rule fire? Each set is one bundle here; ids are ours. */
function idOf(number) {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

function jsonFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));
}

function timeOf({ eventTime }) {
  return Number.isNaN(Date.parse(eventTime)) ? '2024-01-01T00:00:00Z' : eventTime;
}

/** Panther writes `2022-09-29 23:04:35.000` and adds fields of its own that begin with p_. */
function pantherRecord(log, number) {
  const own = Object.entries(log).filter(([name]) => !name.startsWith('p_'));
  const time = timeOf(log).replace(' ', 'T');
  const eventTime = `${time.replace(/Z$/, '').replace(/\.\d+$/, '')}Z`;
  return { eventVersion: '1.08', ...Object.fromEntries(own), eventTime, eventID: idOf(number) };
}

function panther(datasets) {
  const file = join(datasets, 'conformance/panther-analysis-rules/derived/tests-AWS.CloudTrail.jsonl');
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return {
    name: 'panther rule tests, CloudTrail',
    tests: lines.map(({ log, expected_match: hit }, i) => ({
      id: idOf(i),
      hit,
      record: pantherRecord(log, i),
    })),
  };
}

function streamalert(datasets) {
  const folder = join(datasets, 'conformance/streamalert-rule-tests/rules/community');
  const tests = jsonFiles(folder)
    .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')))
    .map((test) => ({
      hit: test.trigger_rules.length > 0,
      record: test.data?.detail?.eventName ? test.data.detail : test.data,
    }))
    .filter(({ record }) => record?.eventName !== undefined && record.eventSource !== undefined)
    .map(({ hit, record }, i) => ({
      id: idOf(i),
      hit,
      // Its records have placeholders for times.
      record: { ...record, eventTime: timeOf(record), eventID: idOf(i) },
    }));
  return { name: 'streamalert rule tests, CloudTrail', tests };
}

function falco(datasets) {
  const folder = join(datasets, 'eks-audit/falco-k8s-audit');
  const expected = JSON.parse(readFileSync(join(folder, 'derived/expected.json'), 'utf8'));
  const tests = Object.entries(expected).flatMap(([file, cases], i) => {
    const traces = jsonFiles(join(folder, 'trace_files')).filter((path) => path.endsWith(`/${file}`));
    return traces.slice(0, 1).flatMap((path) => {
      const record = JSON.parse(readFileSync(path, 'utf8'));
      return Array.isArray(record)
        ? []
        : [{ id: idOf(i), hit: cases.some((c) => c.detect), record: { ...record, auditID: idOf(i) } }];
    });
  });
  return { name: 'falco traces, Kubernetes audit', tests, isAudit: true };
}

/** Sets of single labelled records: `{name, tests: {id, hit, record}[], isAudit?}`. */
export function publicTests(datasets) {
  return [panther(datasets), streamalert(datasets), falco(datasets)];
}
