import { describe, expect, it } from 'vitest';
import { rangeOf, recognise } from '../../../src/main/indicators/indicator';
import { readList } from '../../../src/main/indicators/read-list';

const values = (text: string) => readList(text, 'list').indicators.map((i) => `${i.type} ${i.value}`);

describe('recognise', () => {
  it.each([
    ['203.0.113[.]7', 'address', '203.0.113.7'],
    ['2001:DB8::1', 'address', '2001:db8::1'],
    ['203.0.113.0/24', 'network', '203.0.113.0/24'],
    ['hxxps://Evil[.]example:8443/a?b', 'domain', 'evil.example'],
    ['http://203.0.113.7/x', 'address', '203.0.113.7'],
    ['203.0.113.7:4444', 'address', '203.0.113.7'],
    ['evil(.)example.', 'domain', 'evil.example'],
    ['D41D8CD98F00B204E9800998ECF8427E', 'hash', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['AKIAIOSFODNN7EXAMPLE', 'accessKey', 'AKIAIOSFODNN7EXAMPLE'],
    ['arn:aws:iam::111122223333:user/x', 'arn', 'arn:aws:iam::111122223333:user/x'],
  ])('knows %s as %s', (text, type, value) => expect(recognise(text)).toEqual({ type, value }));

  it.each(['', 'word', '999.1.1.1', '203.0.113.0/99', '1/2/3', 'a b.example', '-.example', 'http://'])(
    'knows nothing in %j',
    (text) => expect(recognise(text)).toBeNull(),
  );

  it('gives the ends of a network', () => {
    expect(rangeOf('10.0.0.77/24')).toEqual({ first: 167772160, last: 167772415 });
    expect(rangeOf('255.255.255.255/32')).toEqual({ first: 4294967295, last: 4294967295 });
    expect(rangeOf('2001:db8::/32')).toBeNull();
  });
});

describe('readList', () => {
  it('reads lines with comments, and tells what it did not understand', () => {
    const list = readList('# c2\n203.0.113.7 # beacon\n\nuser-agent: Evil/1.0\nnonsense\n203.0.113.7\n', 'x');
    expect(list.indicators).toEqual([
      { type: 'address', value: '203.0.113.7', label: 'beacon', severity: 'medium' },
      { type: 'userAgent', value: 'Evil/1.0', label: '', severity: 'medium' },
    ]);
    expect(list.skipped).toMatchObject([{ place: 'line 5', text: 'nonsense' }]);
  });

  it('reads CSV by its head, quoted cells and severities', () => {
    const text =
      'indicator,type,comment,severity\r\n203.0.113.7,ip,"one, two ""three""",HIGH\r\nEvil/2,user-agent,,low\r\nxx,other,,\r\n';
    const list = readList(text, 'x');
    expect(list.format).toBe('csv');
    expect(list.indicators).toEqual([
      { type: 'address', value: '203.0.113.7', label: 'one, two "three"', severity: 'high' },
      { type: 'userAgent', value: 'Evil/2', label: '', severity: 'low' },
    ]);
    expect(list.skipped).toMatchObject([{ place: 'row 4' }]);
  });

  it('reads CSV without a head', () => {
    expect(values('1,203.0.113.7,x\n2,evil.example,y\n')).toEqual([
      'address 203.0.113.7',
      'domain evil.example',
    ]);
  });

  it('takes STIX patterns apart and leaves out what is revoked', () => {
    const indicator = (pattern: string, more = {}) => ({
      type: 'indicator',
      pattern_type: 'stix',
      pattern,
      ...more,
    });
    const list = readList(
      JSON.stringify({
        type: 'bundle',
        objects: [
          indicator(
            "[ipv4-addr:value = '203.0.113.7' OR ipv4-addr:value IN ('203.0.113.8', '203.0.113.9')]",
            { name: 'C2' },
          ),
          indicator("[ipv4-addr:value ISSUBSET '198.51.100.0/24']"),
          indicator(
            "[file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']",
          ),
          indicator(
            "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' LIKE '%Evil\\'s%']",
          ),
          indicator("[domain-name:value = 'old.example']", { revoked: true }),
          { type: 'indicator', pattern_type: 'yara', pattern: 'rule x {}' },
          { type: 'domain-name', value: 'seen.example' },
        ],
      }),
      'x',
    );
    expect(list.indicators.map((i) => i.value)).toEqual([
      '203.0.113.7',
      '203.0.113.8',
      '203.0.113.9',
      '198.51.100.0/24',
      'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f',
      "Evil's",
      'seen.example',
    ]);
    expect(list.indicators[0]?.label).toBe('C2');
    expect(list.skipped.map((s) => s.reason)).toEqual(['revoked', 'a yara pattern']);
  });

  it('reads MISP events, objects, composite types, levels and warning lists', () => {
    const event = {
      Event: {
        info: 'Campaign',
        threat_level_id: '1',
        Attribute: [
          { type: 'ip-dst|port', value: '203.0.113.7|443', comment: 'c2' },
          { type: 'comment', value: 'prose' },
          { type: 'domain', value: 'gone.example', deleted: true },
          { type: 'mutex', value: 'Global' },
        ],
        Object: [{ Attribute: [{ type: 'user-agent', value: 'Evil/3' }] }],
      },
    };
    const list = readList(JSON.stringify({ response: [event] }), 'x');
    expect(list.indicators).toEqual([
      { type: 'address', value: '203.0.113.7', label: 'Campaign: c2', severity: 'high' },
      { type: 'userAgent', value: 'Evil/3', label: 'Campaign', severity: 'high' },
    ]);
    expect(list.skipped).toMatchObject([{ text: 'Global' }]);
    expect(values(JSON.stringify({ name: 'Known', list: ['198.51.100.0/24'] }))).toEqual([
      'network 198.51.100.0/24',
    ]);
  });

  it('refuses what holds nothing, and says why', () => {
    expect(() => readList('hello\n', 'x')).toThrow('no indicator was recognised');
    expect(() => readList('{"a":', 'x')).toThrow('x is no list of indicators');
    expect(() => readList('{"a":1}', 'x')).toThrow('neither STIX nor MISP');
  });

  it('reads what the product writes for other tools', () => {
    const own = JSON.stringify({
      type: 'bundle',
      objects: [
        {
          type: 'indicator',
          pattern_type: 'stix',
          pattern: "[user-account:user_id = 'AKIAIOSFODNN7EXAMPLE']",
        },
      ],
    });
    expect(values(own)).toEqual(['accessKey AKIAIOSFODNN7EXAMPLE']);
  });
});
