import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readOriginal } from '../../../src/main/evidence/original';
import { Database } from '../../../src/main/db/database';
import { tarOf, zipOf, zstdBomb, zstdOf, type Packed } from '../../support/archives';
import { checkConservation, importFiles } from '../../support/golden';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-archives-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const record = (id: number) =>
  JSON.stringify({
    eventVersion: '1.08',
    eventTime: '2024-05-03T10:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'ListBuckets',
    awsRegion: 'us-east-1',
    eventID: `event-${id}`,
    sourceIPAddress: '203.0.113.7',
    userIdentity: { type: 'Root' },
  });
const log = (id: number, name = `log-${id}.json`): Packed => ({ name, body: `{"Records":[${record(id)}]}` });

interface FileRow {
  readonly name: string;
  readonly state: string;
  readonly reason: string;
}

async function states(name: string, bytes: Buffer): Promise<readonly string[]> {
  await writeFile(join(folder, name), bytes);
  const imported = await importFiles([join(folder, name)]);
  await checkConservation(imported.database);
  const files = await imported.database.main.rows<FileRow>(
    'SELECT name, state, reason FROM files ORDER BY file_id',
  );
  const found = files.map((f) => `${f.name}: ${f.state}${f.reason === '' ? '' : ` (${f.reason})`}`);
  const events = await imported.database.main.rows<{ event_id: string; file_id: number; record_no: number }>(
    'SELECT event_id, file_id, record_no FROM events ORDER BY event_id',
  );
  for (const { event_id, file_id, record_no } of events) {
    const original = await readOriginal(imported.caseFolder, {
      kind: 'cloudtrail',
      fileId: file_id,
      recordNo: record_no,
    });
    expect(original).toMatchObject({ exact: true, hashMatches: true });
    expect(JSON.parse(original.text)).toMatchObject({ eventID: event_id });
  }
  await imported.remove();
  return [...found, `${events.length} events`];
}

describe('archives', () => {
  const long = `${'folder/'.repeat(20)}log.json.gz`;
  const members: readonly Packed[] = [
    log(1),
    { name: long, body: gzipSync(log(2).body) },
    { name: 'd/', body: '', type: '5' },
  ];

  test('a tar and a tar.gz are read member by member', async () => {
    const expected = (name: string, kind: string) => [
      `${name}: context (${kind} archive, its files listed one by one)`,
      `${name}!log-1.json: imported`,
      `${name}!${long}: imported`,
      '2 events',
    ];
    expect(await states('b.tar', tarOf(members))).toEqual(expected('b.tar', 'tar'));
    expect(await states('b.tgz', gzipSync(tarOf(members)))).toEqual(expected('b.tgz', 'tar'));
  });

  test('an archive in an archive is read, one more is refused', async () => {
    const inner = tarOf([log(1), { name: 'deep.zip', body: zipOf([log(2)]) }]);
    expect(await states('b.zip', zipOf([{ name: 'inner.tar.gz', body: gzipSync(inner) }]))).toEqual([
      'b.zip: context (zip archive of 1 files, listed one by one)',
      'b.zip!inner.tar.gz: context (tar archive, its files listed one by one)',
      'b.zip!inner.tar.gz!log-1.json: imported',
      'b.zip!inner.tar.gz!deep.zip: issue (an archive 2 archives deep is not unpacked)',
      '1 events',
    ]);
  });

  test('names in any encoding are names, names that lead out are refused', async () => {
    const odd = Buffer.from('logs-caf\xe9.json', 'latin1');
    const packed: readonly Packed[] = [
      { ...log(1), name: odd },
      log(2, '../../etc/log.json'),
      log(3, '/abs/log.json'),
    ];
    for (const [name, bytes] of [
      ['b.tar', tarOf(packed)],
      ['b.zip', zipOf(packed)],
    ] as const) {
      const found = await states(name, bytes);
      expect(found).toContain(`${name}!logs-café.json: imported`);
      expect(found).toContain(`${name}!../../etc/log.json: issue (a name that leads out of the archive)`);
      if (name === 'b.tar') expect(found).toContain(`${name}!/abs/log.json: imported`);
    }
  });

  test('bombs and links are refused', async () => {
    const huge = 2 * 1024 ** 3;
    const zip = await states('b.zip', zipOf([log(1), { name: 'bomb', body: 'x', claims: huge }]));
    expect(zip).toContain('b.zip!bomb: issue (an implausible compression ratio)');
    const ratio = await states('r.zip', zipOf([log(1), { name: 'bomb', body: 'x', claims: 1024 ** 2 }]));
    expect(ratio).toContain('r.zip!bomb: issue (an implausible compression ratio)');
    const tar = await states(
      'b.tar',
      tarOf([log(1), { name: 'link', body: '', type: '2' }, { name: 'bomb', body: 'x', claims: huge }]),
    );
    expect(tar).toContain('b.tar!link: issue (a link or device, not followed)');
    expect(tar).toContain('b.tar!bomb: issue (the archive ends inside this file)');
    expect(tar).toContain('1 events');
  });

  test('of a cut archive everything before the cut is kept, and the cut is an issue', async () => {
    const whole = tarOf([log(1), log(2), log(3)]);
    const cut = await states('b.tar', whole.subarray(0, 1024 + 512 + 100));
    expect(cut).toContain('b.tar!log-1.json: imported');
    expect(cut.filter((line) => line.includes(': issue')).length).toBeGreaterThan(0);
    const packed = gzipSync(whole);
    const damaged = await states('b.tgz', packed.subarray(0, packed.length - 40));
    expect(damaged.filter((line) => line.includes('log-1.json: imported')).length).toBe(1);
  });

  test('zstd files and tars are read, also where they are compressed for real', async () => {
    expect(await states('b.tar.zst', zstdOf(tarOf(members)))).toEqual([
      'b.tar.zst: context (tar archive, its files listed one by one)',
      'b.tar.zst!log-1.json: imported',
      `b.tar.zst!${long}: imported`,
      '2 events',
    ]);
    const filler = { name: 'notes.txt', body: 'x'.repeat(9 * 1024 ** 2) };
    expect(await states('big.tar.zst', zstdOf(tarOf([...members, filler, log(3)])))).toEqual([
      'big.tar.zst: context (tar.zst archive, its files listed one by one)',
      'big.tar.zst!log-1.json: imported',
      `big.tar.zst!${long}: imported`,
      'big.tar.zst!notes.txt: not-evidence (text that is no log of a known kind)',
      'big.tar.zst!log-3.json: imported',
      '3 events',
    ]);
    const lines = Array.from({ length: 5000 }, (_, i) => record(i));
    const real = join(folder, 'real');
    await writeFile(`${real}.jsonl`, lines.join('\n'));
    const database = await Database.open({ threads: 1 });
    await database.main.run(
      `COPY (SELECT content FROM read_text('${real}.jsonl')) TO '${real}' (FORMAT csv, COMPRESSION zstd, HEADER false, QUOTE '', ESCAPE '', DELIMITER e'\\x01')`,
    );
    database.close();
    const packed = await readFile(real);
    expect(packed.length).toBeLessThan(lines.join('').length / 10);
    const imported = await importFiles([real]);
    expect(await imported.database.main.row('SELECT count(*) AS n FROM events')).toEqual({ n: 5000 });
    await imported.remove();
  });

  test('of a cut zstd file what comes before is kept, and bombs are refused', async () => {
    const lines = Buffer.from(Array.from({ length: 2000 }, (_, i) => record(i)).join('\n'));
    const whole = zstdOf(lines);
    await writeFile(join(folder, 'cut'), whole.subarray(0, whole.length - 1000));
    const imported = await importFiles([join(folder, 'cut')]);
    const { main } = imported.database;
    expect((await main.row<{ n: number }>('SELECT count(*) AS n FROM events')).n).toBeGreaterThan(500);
    expect((await main.rows('SELECT code FROM issues')).map((row) => row['code'])).toContain('zstd.damaged');
    await checkConservation(imported.database);
    await imported.remove();
    expect(await states('bomb', zstdBomb(3000))).toEqual([
      expect.stringMatching(/^bomb: issue \(an implausible/),
      '0 events',
    ]);
  });
});
