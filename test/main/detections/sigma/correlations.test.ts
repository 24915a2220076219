import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../../src/main/db/database';
import { parseSigma } from '../../../../src/main/detections/sigma/parse';
import { prepareRules } from '../../../../src/main/detections/sigma/rule-set';
import { record, user } from '../../entities/record';
import { caseWith } from '../evidence-fixture';
import { hitsOf } from './hits-of';

/** One record a line: minute of the day, who, what, from where, how much. */
const LINES: readonly (readonly [minute: number, name: string, api: string, ip: string, size?: number])[] = [
  [0, 'ann', 'List', '10.0.0.1', 5], // 1
  [1, 'ann', 'List', '10.0.0.2', 10], // 2
  [2, 'ann', 'List', '10.0.0.2', 60], // 3
  [3, 'bob', 'List', '10.0.0.1', 1], // 4
  [4, 'ann', 'Get', '10.0.0.1'], // 5
  [30, 'bob', 'List', '10.0.0.1', 2], // 6
  [60, 'bob', 'Get', '10.0.0.1'], // 7
  [61, 'bob', 'List', '10.0.0.1', 3], // 8
  [62, 'bob', 'Put', '10.0.0.1'], // 9
  [120, 'ann', 'List', '10.0.0.1', 7], // 10
  [121, 'ann', 'List', '10.0.0.1', 7], // 11
  [122, 'ann', 'List', '10.0.0.1', 7], // 12
  [123, 'ann', 'Put', '10.0.0.1'], // 13
];

let database: Database;
beforeAll(async () => {
  database = await caseWith({
    cloudtrail: LINES.map(([minute, name, eventName, sourceIPAddress, size]) =>
      record({
        eventTime: new Date(Date.UTC(2025, 2, 3, 0, minute)).toISOString().replace('.000', ''),
        eventName,
        sourceIPAddress,
        userIdentity: user(name, `AKIA${name.toUpperCase()}`),
        requestParameters: { target: name, ...(size === undefined ? {} : { size }) },
      }),
    ),
  });
});
afterAll(() => database.close());

const event = (id: string, api: string) => `
---
title: ${id}
id: ${id}
name: ${id}
logsource: {product: aws, service: cloudtrail}
detection: {sel: {eventName: ${api}}, condition: sel}`;
const EVENTS = [event('list', 'List'), event('get', 'Get'), event('put', 'Put')].join('');
const correlation = (section: string, id = 'c') => `
---
title: ${id}
id: ${id}
correlation: ${section}`;
const by = 'group-by: [userIdentity.userName]';
const found = async (...sections: string[]) =>
  (await hitsOf(database, EVENTS + sections.map((s) => correlation(s)).join(''))).get('c');

describe('types', () => {
  test.each([
    [
      'event_count',
      `{type: event_count, rules: [list], ${by}, timespan: 5m, condition: {gte: 3}}`,
      [1, 2, 3, 10, 11, 12],
    ],
    [
      'event_count without groups',
      '{type: event_count, rules: [list], timespan: 5m, condition: {gte: 4}}',
      [1, 2, 3, 4],
    ],
    ['event_count eq', `{type: event_count, rules: [get], ${by}, timespan: 5m, condition: {eq: 1}}`, [5, 7]],
    [
      'event_count over several rules',
      `{type: event_count, rules: [list, get], ${by}, timespan: 5m, condition: {gt: 3}}`,
      [1, 2, 3, 5],
    ],
    [
      'two thresholds',
      `{type: event_count, rules: [list], ${by}, timespan: 1h, condition: {gte: 2, lt: 3}}`,
      [1, 2, 4, 6, 10, 11],
    ],
    [
      'value_count',
      `{type: value_count, rules: [list], ${by}, timespan: 5m, condition: {field: sourceIPAddress, gte: 2}}`,
      [1, 2, 3],
    ],
    [
      'value_count of what is missing',
      `{type: value_count, rules: [put], ${by}, timespan: 5m, condition: {field: requestParameters.size, gte: 1}}`,
      [],
    ],
    [
      'value_sum',
      `{type: value_sum, rules: [list], ${by}, timespan: 5m, condition: {field: requestParameters.size, gt: 70}}`,
      [1, 2, 3],
    ],
    [
      'value_avg',
      `{type: value_avg, rules: [list], ${by}, timespan: 5m, condition: {field: requestParameters.size, gte: 25}}`,
      [1, 2, 3],
    ],
    [
      'value_percentile',
      `{type: value_percentile, rules: [list], ${by}, timespan: 5m, condition: {field: requestParameters.size, percentile: 100, gte: 60}}`,
      [1, 2, 3],
    ],
    ['temporal', `{type: temporal, rules: [list, get], ${by}, timespan: 5m}`, [1, 2, 3, 5, 7, 8]],
    ['temporal_ordered', `{type: temporal_ordered, rules: [list, get], ${by}, timespan: 5m}`, [3, 5]],
    [
      'temporal_ordered of three',
      `{type: temporal_ordered, rules: [get, list, put], ${by}, timespan: 5m}`,
      [7, 8, 9],
    ],
  ] as const)('%s', async (_, section, expected) => {
    expect(await found(section)).toEqual(expected);
  });

  test('aliases name the same thing in different fields', async () => {
    const section =
      '{type: temporal, rules: [list, put], aliases: {who: {list: requestParameters.target, put: userIdentity.userName}}, group-by: [who], timespan: 5m}';
    expect(await found(section)).toEqual([8, 9, 10, 11, 12, 13]);
  });
});

describe('what is counted', () => {
  const counts = `{type: event_count, rules: [list], ${by}, timespan: 5m, condition: {gte: 3}`;

  test('reports on its own with generate only', async () => {
    expect([...(await hitsOf(database, EVENTS + correlation(`${counts}}`))).keys()]).toEqual([
      'get',
      'put',
      'c',
    ]);
    const own = await hitsOf(database, EVENTS + correlation(`${counts}, generate: true}`));
    expect(own.get('list')).toHaveLength(9);
  });

  test('may be a correlation: each burst is one event with the values of its group', async () => {
    const burst = correlation(`${counts}}`, 'burst');
    const chained = (section: string) => EVENTS + burst + correlation(section);
    const ordered = await hitsOf(
      database,
      chained(`{type: temporal_ordered, rules: [burst, put], ${by}, timespan: 5m}`),
    );
    expect(ordered.get('c')).toEqual([10, 11, 12, 13]);
    expect(ordered.has('burst')).toBe(false);
    const twice = (n: number) =>
      `{type: event_count, rules: [burst], ${by}, timespan: 1d, condition: {gte: ${n}}}`;
    expect((await hitsOf(database, chained(twice(2)))).get('c')).toEqual([1, 2, 3, 10, 11, 12]);
    expect((await hitsOf(database, chained(twice(3)))).get('c')).toEqual([]);
  });

  test('may be a correlation of correlations, in any order of the documents', async () => {
    const text =
      correlation(`{type: event_count, rules: [pair], ${by}, timespan: 1d, condition: {gte: 1}}`) +
      correlation(`{type: temporal, rules: [burst, put], ${by}, timespan: 10m}`, 'pair') +
      correlation(`${counts}}`, 'burst') +
      EVENTS;
    const hits = await hitsOf(database, text);
    expect(hits.get('c')).toEqual([10, 11, 12, 13]);
    expect([...hits.keys()]).toEqual(['get', 'c']);
  });
});

test.each([
  ['it counts itself', correlation('{type: event_count, rules: [c], timespan: 5m, condition: {gte: 1}}')],
  [
    '"nothing" that it counts is not there',
    correlation('{type: event_count, rules: [nothing], timespan: 5m, condition: {gte: 1}}'),
  ],
  [
    'an order needs at least two rules',
    EVENTS + correlation('{type: temporal_ordered, rules: [list], timespan: 5m}'),
  ],
])('cannot run and says why: %s', (reason, text) => {
  const { problems } = prepareRules(parseSigma(text).rules);
  expect(problems.map((p) => p.reason).join()).toContain(reason);
});

test.each([
  ['unknown correlation type', '{type: near, rules: [list], timespan: 5m}'],
  ['names no rules', '{type: temporal, timespan: 5m}'],
  ['no readable timespan', '{type: temporal, rules: [list], timespan: soon}'],
  ['no threshold', '{type: event_count, rules: [list], timespan: 5m}'],
  ['value_sum needs a field', '{type: value_sum, rules: [list], timespan: 5m, condition: {gte: 1}}'],
])('is refused and says why: %s', (reason, section) => {
  expect(parseSigma(correlation(section)).problems[0]?.reason).toContain(reason);
});
