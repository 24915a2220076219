import { afterAll, beforeAll, expect, it } from 'vitest';
import { hitsOf } from '../../../src/main/indicators/hits';
import { readList } from '../../../src/main/indicators/read-list';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

interface Known {
  readonly type: string;
  readonly value: string;
  /** Object path of STIX and attribute type of MISP that carry it. */
  readonly stix: string;
  readonly misp: string;
}

let sample: SampleCase;
let known: Known[];
beforeAll(async () => {
  sample = await openSampleCase();
  const one = async (sql: string) =>
    (await sample.database.ask(({ connection }) => connection.row<{ value: string }>(sql))).value;
  const address = await one(
    "SELECT min(source_ip) AS value FROM calls WHERE ip_class = 'public' AND NOT contains(source_ip, ':')",
  );
  const entity = (type: string) => one(`SELECT min(entity_id) AS value FROM entities WHERE ${type}`);
  const agent = await one("SELECT min(user_agent) AS value FROM calls WHERE contains(user_agent, ' ')");
  known = [
    { type: 'address', value: address, stix: 'ipv4-addr:value', misp: 'ip-src' },
    { type: 'network', value: `${address}/32`, stix: 'ipv4-addr:value', misp: 'ip-dst' },
    { type: 'address', value: `http://${address}/x`, stix: 'url:value', misp: 'url' },
    {
      type: 'userAgent',
      value: agent,
      stix: "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'",
      misp: 'user-agent',
    },
    {
      type: 'accessKey',
      value: await entity("entity_type = 'accessKey' AND entity_id LIKE 'A%'"),
      stix: 'user-account:user_id',
      misp: 'text',
    },
    {
      type: 'arn',
      value: await entity("entity_id LIKE 'arn:%'"),
      stix: 'user-account:user_id',
      misp: 'text',
    },
  ];
});
afterAll(() => sample.close());

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const FORMATS: Readonly<Record<string, (k: Known) => string>> = {
  text: (k) => (k.type === 'userAgent' ? `user-agent: ${k.value}` : k.value),
  csv: (k) =>
    `indicator,type,comment\r\n${quoted(k.value)},${k.type === 'userAgent' ? 'user-agent' : k.type},x\r\n`,
  stix: (k) =>
    JSON.stringify({
      type: 'bundle',
      objects: [
        {
          type: 'indicator',
          pattern_type: 'stix',
          pattern: `[${k.stix} = '${k.value.replace(/[\\']/g, '\\$&')}']`,
        },
      ],
    }),
  misp: (k) => JSON.stringify({ Event: { info: 'x', Attribute: [{ type: k.misp, value: k.value }] } }),
};

it.each(Object.keys(FORMATS))('every type of indicator leads to its hits by way of %s', async (format) => {
  for (const k of known) {
    const list = readList((FORMATS[format] as (k: Known) => string)(k), 'list');
    expect([list.format, list.indicators.map((i) => i.type)]).toEqual([format, [k.type]]);
    const hits = await sample.database.ask(({ connection }) =>
      hitsOf(connection, [
        {
          name: 'list',
          sha256: '',
          importedAt: '2025-01-01T00:00:00.000Z',
          ...list,
        },
      ]),
    );
    expect([k.value, hits.length > 0, hits.every((h) => h.records > 0)]).toEqual([k.value, true, true]);
  }
});
