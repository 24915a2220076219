import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importFiles } from '../../support/golden';
import { Random } from '../../support/fuzz/random';

const RECORDS = 12;
const ROUNDS = 6;

/** Numbers the records that no other file has. */
let serial = 0;
const time = (n: number) => `2024-05-03T10:${String(n % 60).padStart(2, '0')}:00Z`;
const event = (id: string, n: number) => ({
  eventVersion: '1.09',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ada', accessKeyId: 'AKIAEXAMPLE' },
  eventTime: time(n),
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  sourceIPAddress: '203.0.113.7',
  requestParameters: { bucketName: 'b', list: [{ a: 1 }] },
  eventID: id,
});
const flow = (id: string) =>
  `2 111122223333 eni-${id} 203.0.113.7 10.0.0.5 40000 22 6 10 840 1714730400 1714730460 ACCEPT OK`;
const csv = (id: string, n: number) =>
  `ada,AKIAEXAMPLE,${time(n)},s3.amazonaws.com,ListBuckets,us-east-1,203.0.113.7,"a ""b"", c",${id}`;

interface Delivery {
  readonly head: string;
  readonly glue: string;
  readonly tail: string;
  readonly record: (id: string, n: number) => string;
}

const lookup = (id: string, n: number) =>
  JSON.stringify({ EventId: id, EventTime: time(n), CloudTrailEvent: JSON.stringify(event(id, n)) });
const message = (id: string, n: number) =>
  JSON.stringify({ id: String(n), timestamp: 1714730400000, message: JSON.stringify(event(id, n)) });
const DELIVERIES: Readonly<Record<string, Delivery>> = {
  export: { head: '{"Records":[', glue: ',', tail: ']}', record: (id, n) => JSON.stringify(event(id, n)) },
  pretty: {
    head: '{\n  "Records": [\n',
    glue: ',\n',
    tail: '\n]\n}\n',
    record: (id, n) => JSON.stringify(event(id, n), null, 2),
  },
  lines: { head: '', glue: '\n', tail: '\n', record: (id, n) => JSON.stringify(event(id, n)) },
  lookup: { head: '{"Events":[', glue: ',', tail: ']}', record: lookup },
  subscription: {
    head: '{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[',
    glue: ',',
    tail: ']}',
    record: message,
  },
  flow: {
    head: 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n',
    glue: '\n',
    tail: '\n',
    record: flow,
  },
  table: {
    head: 'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Event ID\n',
    glue: '\n',
    tail: '\n',
    record: csv,
  },
};

/** Ways to spoil a record that leave what stands around it as it was. */
const DAMAGES: readonly ((record: string, random: Random) => string)[] = [
  (record, random) => record.slice(0, 1 + random.below(record.length - 2)),
  (record, random) => spliced(record, random, 0, '"'),
  (record, random) => spliced(record, random, 0, '}'),
  (record, random) => spliced(record, random, 0, '{"a":'),
  (record, random) => spliced(record, random, 0, '\0'),
  (record, random) => spliced(record, random, 3, '\\'),
  (record, random) => spliced(record, random, 0, '['.repeat(5000)),
  (record) => record.replaceAll('"', ''),
];

function spliced(record: string, random: Random, gone: number, put: string): string {
  const at = 1 + random.below(record.length - 2);
  return record.slice(0, at) + put + record.slice(at + gone);
}

test('the neighbours of a spoilt record are kept', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-neighbours-'));
  const random = new Random(11);
  const kept = new Map<string, string>();
  for (const [name, { head, glue, tail, record }] of Object.entries(DELIVERIES)) {
    for (const [damage, spoil] of DAMAGES.entries()) {
      for (let round = 0; round < ROUNDS; round += 1) {
        const spoilt = random.below(RECORDS);
        const file = `${name}-${damage}-${round}`;
        const records = Array.from({ length: RECORDS }, (_, n) => {
          const id = (serial += 1).toString(16).padStart(12, '0');
          if (n !== spoilt) kept.set(id, `${file} record ${n + 1}, spoilt ${spoilt + 1}`);
          const whole = record(id, n);
          return n === spoilt ? spoil(whole, random) : whole;
        });
        await writeFile(join(folder, file), head + records.join(glue) + tail);
      }
    }
  }
  const imported = await importFiles([folder]);
  const rows = await imported.database.main.rows<{ id: string }>(
    `SELECT event_id AS id FROM events_all UNION ALL SELECT right(interface_id, 12) FROM flows_all`,
  );
  await imported.remove();
  await rm(folder, { recursive: true, force: true });
  for (const { id } of rows) kept.delete(id);
  expect([...kept.values()]).toEqual([]);
});

test('a log that lost its beginning keeps the records that are whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-headless-'));
  const whole = new Set<string>();
  for (const [name, { glue, tail, record }] of Object.entries(DELIVERIES)) {
    if (name === 'table') continue;
    const records = Array.from({ length: RECORDS }, (_, n) => {
      const id = (serial += 1).toString(16).padStart(12, '0');
      if (n > 0) whole.add(id);
      return record(id, n);
    });
    const [first = '', ...others] = records;
    await writeFile(join(folder, name), [first.slice(first.length / 2), ...others].join(glue) + tail);
  }
  const imported = await importFiles([folder]);
  const rows = await imported.database.main.rows<{ id: string }>(
    `SELECT event_id AS id FROM events_all UNION ALL SELECT right(interface_id, 12) FROM flows_all`,
  );
  await imported.remove();
  await rm(folder, { recursive: true, force: true });
  expect(rows.map(({ id }) => id).sort()).toEqual([...whole].sort());
});

test('a time that no AWS log has makes a record an issue, and its neighbours evidence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-times-'));
  const times = [
    '0001-05-03T10:00:00Z',
    '9999-12-31T23:59:59Z',
    '294247-01-10T04:00:54Z',
    'infinity',
    '2024-05-03T10:00:00Z',
  ];
  const records = times.map((eventTime, n) => ({ ...event(`time-${n}`, n), eventTime }));
  await writeFile(join(folder, 'export.json'), JSON.stringify({ Records: records }));
  const imported = await importFiles([folder]);
  const events = await imported.database.main.rows('SELECT event_id FROM events');
  const issues = await imported.database.main.rows('SELECT code, record_no FROM issues ORDER BY record_no');
  await imported.remove();
  await rm(folder, { recursive: true, force: true });
  expect(events).toEqual([{ event_id: 'time-4' }]);
  expect(issues).toEqual([1, 2, 3, 4].map((n) => ({ code: 'record.noTime', record_no: n })));
});
