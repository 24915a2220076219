import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '../../../src/main/detections/catalogue';
import { builtInBook } from '../../../src/main/detections/packs/rule-book';

/** The detections that were set out to be built: how many of each kind, numbered from 001. */
const SET_OUT: Readonly<Record<string, number>> = {
  'ct-ia': 17,
  'ct-ca': 13,
  'ct-pe': 30,
  'ct-de': 26,
  'ct-di': 11,
  'ct-lm': 12,
  'ct-ex': 14,
  'ct-ef': 20,
  'ct-im': 20,
  vf: 16,
  ek: 26,
  ub: 8,
};

/** Statistical findings are no rules: kinds of baselines say them (src/main/baselines). */
const BASELINES: Readonly<Record<string, string>> = {
  'ub-001': 'new-country',
  'ub-002': 'new-operator',
  'ub-003': 'new-user-agent',
  'ub-004': 'new-region',
  'ub-005': 'new-service',
  'ub-006': 'volume',
  'ub-007': 'failure-share',
  'ub-008': 'new-api',
};

const ids = Object.entries(SET_OUT).flatMap(([kind, n]) =>
  Array.from({ length: n }, (_, i) => `${kind}-${String(i + 1).padStart(3, '0')}`),
);
const known = new Set(catalogue().map((entry) => entry.id));
const sources = readdirSync(resolve('test/main'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(detections|baselines)\/.*\.test\.ts$/.test(name))
  .map((name) => readFileSync(resolve('test/main', name), 'utf8'))
  .join('\n');
const kinds = readFileSync(resolve('src/main/baselines/findings.sql'), 'utf8');

test('all 213 detections are rules, detectors or baselines', () => {
  expect(ids).toHaveLength(213);
  expect(ids.filter((id) => !known.has(id) && BASELINES[id] === undefined)).toEqual([]);
  for (const kind of Object.values(BASELINES)) expect(kinds).toContain(`('${kind}', `);
});

/** Rules have sample folders (pack.test.ts runs them); what SQL says has a test of its own that names it. */
test('every one is shown to fire and to be quiet', () => {
  // Lists of indicators are one statement over eight kinds of log: test/main/indicators.
  const detectors = builtInBook()
    .detectors.map((d) => d.id)
    .filter((id) => !id.startsWith('ioc-'));
  const own = [...detectors, ...Object.values(BASELINES)];
  const rules = [...known].filter((id) => !own.includes(id) && !/-attempt$|^ioc-/.test(id));
  expect(rules.filter((id) => !existsSync(resolve('test/detections', id, 'quiet.jsonl')))).toEqual([]);
  expect(own.filter((id) => !sources.includes(`'${id}'`))).toEqual([]);
});
