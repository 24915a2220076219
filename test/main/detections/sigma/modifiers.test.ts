import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../../../src/main/db/database';
import { parseSigma } from '../../../../src/main/detections/sigma/parse';
import { record } from '../../entities/record';
import { caseWith } from '../evidence-fixture';
import { hitsOf } from './hits-of';

const utf16 = (text: string) => Buffer.from(text, 'utf16le').toString('base64');
const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('base64');

/** What stands in requestParameters of record 1, 2, ... */
const VALUES: readonly object[] = [
  { s: 'Straße', n: 5, list: ['a', 'B'], o: { k: 'v' }, coded: 'YSpi', cmd: 'tool -run /now' }, // 1
  { s: 'STRASSE', n: '5.5', list: [], cmd: 'tool /run' }, // 2
  { s: 'a\nb', n: -1, list: [{ k: 'v' }, { k: 'W' }], cmd: 'tool \u2013run' }, // 3
  { s: 'C:\\temp\\x', n: 1e3, list: null, ip: '10.1.2.3' }, // 4
  { s: '50%_off?', n: true, ip: '2001:db8:0:0::1', at: '2024-02-29T23:59:58Z' }, // 5
  { s: utf16('hidden'), t: utf16be('hidden'), ip: '::ffff:0:0' }, // 6
  { s: Buffer.from('xx secret text').toString('base64'), ip: '10.1.2.300' }, // 7
  { s: null, 'dotted.key': 'x', same: 'Alice', other: 'ALICE@corp' }, // 8
];

let database: Database;
beforeAll(async () => {
  database = await caseWith({ cloudtrail: VALUES.map((requestParameters) => record({ requestParameters })) });
});
afterAll(() => database.close());

const rule = (detection: string) =>
  `title: t\nid: t\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n  sel:\n    requestParameters.${detection}\n  condition: sel`;
const found = async (detection: string) => (await hitsOf(database, rule(detection))).get('t');

describe('a line of a detection', () => {
  test.each([
    // texts
    ['s: straße', [1]],
    ['s|cased: straße', []],
    ['s|startswith: STRA', [1, 2]],
    ['s|endswith: sse', [2]],
    ['s|contains: ra', [1, 2]],
    ['s|contains|all: [ra, SS]', [2]],
    ['s|startswith|cased: STRA', [2]],
    ["s: 'a*b'", [3]],
    ["s: 'a?b'", [3]],
    ["s: '50%_off\\?'", [5]],
    ["s: '50%?off?'", [5]],
    ["s|contains: '%_'", [5]],
    ["s: 'C:\\temp\\x'", [4]],
    ["s: 'C:\\\\temp\\\\*'", [4]],
    ["s|endswith: '\\x'", [4]],
    // absence
    ['s: null', [8]],
    ['s|exists: true', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['cmd|exists: false', [4, 5, 6, 7, 8]],
    ['list: null', [2, 4, 5, 6, 7, 8]],
    ['list|exists: true', [1, 2, 3, 4]],
    ['n|neq: 5', [2, 3, 4, 5, 6, 7, 8]],
    // numbers
    ['n: 5', [1]],
    ['n|gte: 5', [1, 2, 4]],
    ['n|gt: 5', [2, 4]],
    ['n|lt: 5', [3]],
    ['n|lte: -1', [3]],
    ['n: true', [5]],
    // lists and objects
    ['list: b', [1]],
    ['list|contains: b', [1]],
    ['list.k: w', [3]],
    ['list{}.k|startswith: v', [3]],
    ['list[1].k: w', [3]],
    ['list[0].k: w', []],
    ['list.k|all: [v, w]', [3]],
    [`o: '{"k":"v"}'`, [1]],
    [`o|contains: '"k"'`, [1]],
    ['o.k: v', [1]],
    // regular expressions
    ["s|re: '^a.b$'", []],
    ["s|re|s: '^a.b$'", [3]],
    ["s|re|m: '^b$'", [3]],
    ["s|re: '^b$'", []],
    ["s|re|i: '^STRA'", [1, 2]],
    ["s|re: 'temp'", [4]],
    // addresses
    ['ip|cidr: 10.1.0.0/16', [4]],
    ['ip|cidr: 10.1.2.3/32', [4]],
    ['ip|cidr: [10.0.0.0/24, 2001:db8::/64]', [5]],
    ['ip|cidr: ::/0', [5, 6]],
    // encodings
    ['s|wide|base64: hidden', [6]],
    ['s|utf16le|base64: hidden', [6]],
    ['t|utf16be|base64: hidden', [6]],
    ['s|base64offset|contains: secret text', [7]],
    ['s|base64offset|contains: [other, secret]', [7]],
    ["coded|base64: 'a\\*b'", [1]],
    // dashes of commands
    ["cmd|windash|contains: ' -run'", [1, 2, 3]],
    ["cmd|contains: ' -run'", [1]],
    ["cmd|windash|contains|all: [' -run', ' -now']", [1]],
    ["cmd|windash: 'tool /run -now'", [1]],
    // other fields
    ['other|fieldref|startswith: requestParameters.same', [8]],
    ['other|fieldref|cased|startswith: requestParameters.same', []],
    // parts of a time
    ['at|year: 2024', [5]],
    ['at|month: 2', [5]],
    ['at|day|gte: 29', [5]],
    ['at|hour: 23', [5]],
    ['at|minute|lt: 59', []],
    ['at|week: 9', [5]],
  ] as const)('%s', async (detection, expected) => {
    expect(await found(detection)).toEqual(expected);
  });
});

test.each([
  ['s|expand: "%list%"', 'placeholder %list% has no list of values'],
  ['s|near: x', 'unknown modifier "near"'],
  ["s|re: '(?<!a)b'", 'look-around'],
  ["s|re: '(a)\\1'", 'back references'],
  ["s|re: 'a++'", 'possessive'],
  ['s|cidr: 10.0.0.0/33', 'no address block'],
  ['s|gt: many', 'is no number'],
  ['s|exists: maybe', 'true or false'],
  ['s|wide: text', 'base64 has to follow'],
  ["s|base64: 'a*b'", 'wildcards'],
  ['s: []', 'empty list'],
  ['s: {a: b}', 'a map where a value is expected'],
])('%s is refused: %s', (detection, reason) => {
  expect(parseSigma(rule(detection)).problems[0]?.reason).toContain(reason);
});

test('expand takes the lists it is given', () => {
  const text = rule('s|expand|startswith: "%names%-"');
  const [parsed] = parseSigma(text, { names: ['one', 'two'] }).rules;
  expect(JSON.stringify(parsed)).toContain('one-');
  expect(JSON.stringify(parsed)).toContain('two-');
});
