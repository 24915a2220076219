import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coldtrail, json, workplace, type Workplace } from './coldtrail';

/** Every documented key must be there; more may be. */
const keysOf = (value: unknown) => Object.keys(value as object);
const DOCUMENTED = {
  open: ['case', 'sources', 'files', 'issues', 'findings', 'incidents', 'seconds'],
  incident:
    'id title severity score first last tactics techniques accounts entities findingIds eventIds firstIntrusion answers links stability'.split(
      ' ',
    ),
  finding: 'id ruleId title provider techniques tactic severity first last count entities eventIds'.split(
    ' ',
  ),
  exhibit: ['n', 'kind', 'file', 'recordNo', 'eventId', 'sha256'],
  investigation: [
    'entity',
    'scope',
    'severity',
    'indicators',
    'ttps',
    'newBehaviour',
    'lineage',
    'incidents',
    'remediation',
  ],
};
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'informational'];
const MICROS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

interface IncidentJson {
  readonly id: string;
  readonly severity: string;
  readonly first: string;
  readonly last: string;
  readonly entities: readonly { readonly type: string; readonly id: string }[];
  readonly answers: Record<'how' | 'where' | 'prevent', readonly { readonly exhibits: readonly object[] }[]>;
}

let place: Workplace;
let on: string[];
beforeAll(async () => {
  place = await workplace();
  on = ['--case', place.caseDir];
});
afterAll(() => place.remove());

describe('docs/cli.md', () => {
  it('open gives the documented keys, and imports nothing twice', async () => {
    expect(keysOf(place.opened)).toEqual(expect.arrayContaining(DOCUMENTED.open));
    expect(keysOf(place.opened['files'])).toEqual(['imported', 'context', 'notEvidence', 'issue']);
    expect(place.opened['incidents']).toBeGreaterThan(0);
    const again = await json<{ files: { imported: number }; incidents: number }>([
      'open',
      place.bundle,
      ...on,
      '--baseline-days',
      '10',
      '--json',
    ]);
    expect(again.incidents).toBe(place.opened['incidents']);
    const { n } = (
      await json<{ n: number }[]>([
        'query',
        ...on,
        '--sql',
        'SELECT count(*) - count(DISTINCT event_id) AS n FROM events',
        '--json',
      ])
    )[0] ?? { n: -1 };
    expect(n).toBe(0);
  });

  it('open ends with 3 and names the file when something could not be read', async () => {
    const folder = join(place.folder, 'broken');
    await mkdir(folder);
    await writeFile(join(folder, 'trail.json'), '{"Records":[{"eventVersion":"1.08","eventTime":"20');
    const args = ['open', folder, '--case', join(place.folder, 'broken-case'), '--json'];
    const result = await json<{ issues: { file: string; code: string }[] }>(args, 3);
    expect(result.issues[0]?.file).toContain('trail.json');
  });

  it('incidents and findings have the documented keys, most severe first, with exact times', async () => {
    const incidents = await json<IncidentJson[]>(['incidents', ...on, '--json']);
    const findings = await json<{ severity: string; first: string }[]>(['findings', ...on, '--json']);
    for (const [list, keys] of [
      [incidents, DOCUMENTED.incident],
      [findings, DOCUMENTED.finding],
    ] as const) {
      expect(list.length).toBeGreaterThan(0);
      const ranks = list.map((one) => SEVERITIES.indexOf(one.severity));
      expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      for (const one of list) {
        expect(keysOf(one)).toEqual(expect.arrayContaining([...keys]));
        expect(one.first).toMatch(MICROS);
      }
    }
    const exhibits = incidents.flatMap((i) =>
      [...i.answers.how, ...i.answers.where, ...i.answers.prevent].flatMap((s) => s.exhibits),
    );
    expect(exhibits.length).toBeGreaterThan(0);
    for (const exhibit of exhibits) expect(keysOf(exhibit)).toEqual(DOCUMENTED.exhibit);
  });

  it('investigate has the documented keys and honours its time', async () => {
    const [first] = await json<IncidentJson[]>(['incidents', ...on, '--json']);
    const entity = first?.entities.find((e) => e.type === 'role' || e.type === 'user');
    if (!first || !entity) throw new Error('the sample has no incident with a principal');
    const args = ['investigate', ...on, '--entity', entity.id, '--json'];
    const whole = await json<{ scope: object; ttps: object[] }>(args);
    expect(keysOf(whole)).toEqual(expect.arrayContaining(DOCUMENTED.investigation));
    expect(whole.ttps.length).toBeGreaterThan(0);
    const none = await json<{ ttps: object[]; scope: object }>([
      ...args,
      '--from',
      '2001-01-01',
      '--to',
      '2001-01-02T03:04Z',
    ]);
    expect(none.ttps).toEqual([]);
    expect(none.scope).toEqual({ from: '2001-01-01T00:00:00.000000Z', to: '2001-01-02T03:04:00.000000Z' });
  });

  it('query gives rows as a table, JSON, CSV and Parquet', async () => {
    const sql =
      "SELECT 'x,\"y\"' AS a, '=1+1' AS b, NULL AS c, 7 AS d, TIMESTAMP '2024-01-02 03:04:05.000006' AS t";
    const query = ['query', ...on, '--sql', sql];
    expect(await json([...query, '--json'])).toEqual([
      { a: 'x,"y"', b: '=1+1', c: null, d: 7, t: '2024-01-02T03:04:05.000006Z' },
    ]);
    const csv = await coldtrail([...query, '--csv']);
    expect(csv.out).toBe('a,b,c,d,t\r\n"x,""y""",\'=1+1,,7,2024-01-02T03:04:05.000006Z\r\n');
    expect((await coldtrail(query)).out).toMatch(/^a +b +c +d +t\n/);
    const file = join(place.folder, "it's.parquet");
    const written = await coldtrail([
      'query',
      ...on,
      ...['--sql', 'SELECT event_time, event_name, user_identity FROM events'],
      ...['--parquet', file],
    ]);
    expect(written.code).toBe(0);
    expect(written.out).toBe('');
    expect((await readFile(file)).subarray(0, 4).toString()).toBe('PAR1');
    expect(written.err).toMatch(/^\d+ rows written/);
  });

  it('query refuses everything but one SELECT, and files outside the case', async () => {
    for (const sql of [
      'DROP VIEW events',
      'SELECT 1; SELECT 2',
      `COPY (SELECT 1) TO '${join(place.folder, 'x.csv')}'`,
      "SELECT * FROM read_text('/etc/hostname')",
    ]) {
      const ended = await coldtrail(['query', ...on, '--sql', sql]);
      expect([sql, ended.code, ended.out]).toEqual([sql, 1, '']);
    }
    expect(await readdir(place.folder)).not.toContain('x.csv');
  });

  it('report writes JSON with its exhibits', async () => {
    const file = join(place.folder, 'report.json');
    const told = await json<{ path: string; bytes: number }>(['report', ...on, '--out', file, '--json']);
    expect(told.path).toBe(file);
    expect((await stat(file)).size).toBe(told.bytes);
    const model = JSON.parse(await readFile(file, 'utf8')) as { incidents: object[]; exhibits: object[] };
    expect(model.incidents.length).toBe(place.opened['incidents']);
    expect(model.exhibits.length).toBeGreaterThan(0);
  });

  it('verify ends with 0, and with 1 when an original has changed', async () => {
    const copy = join(place.folder, 'verified');
    await mkdir(copy);
    const original = join(copy, 'flow.log');
    await writeFile(
      original,
      'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n2 123456789012 eni-0a 10.0.0.1 10.0.0.2 443 49152 6 10 840 1700000000 1700000060 ACCEPT OK\n',
    );
    const own = ['--case', join(place.folder, 'verified-case')];
    await json(['open', copy, ...own, '--json']);
    const good = await json<{ ok: boolean; files: object[] }>(['verify', ...own, '--json']);
    expect(good.ok).toBe(true);
    for (const file of good.files)
      expect(keysOf(file)).toEqual(expect.arrayContaining(['path', 'sha256', 'ok']));
    await appendFile(original, 'x');
    const bad = await json<{ ok: boolean; files: { path: string; ok: boolean }[] }>(
      ['verify', ...own, '--json'],
      1,
    );
    expect(bad.ok).toBe(false);
    expect(bad.files.filter((f) => !f.ok).map((f) => f.path)).toEqual([original]);
  });

  it('rules lists the built-in ones and says why one of a folder cannot run', async () => {
    const built = await json<{ id: string; title: string }[]>(['rules', '--json']);
    expect(built.length).toBeGreaterThan(100);
    const folder = join(place.folder, 'rules');
    await mkdir(folder);
    await writeFile(join(folder, 'bad.yml'), 'title: x\ndetection: [');
    const checked = await json<object[]>(['rules', '--check', folder, '--json'], 3);
    expect(checked.length).toBe(1);
    expect(keysOf(checked[0])).toEqual(expect.arrayContaining(['file', 'id', 'title', 'ok', 'reason']));
  });

  it('sample writes a bundle and its truth', async () => {
    const truth = JSON.parse(await readFile(String(place.sample['truth']), 'utf8')) as object;
    expect(keysOf(truth)).toEqual(expect.arrayContaining(['firstIntrusion', 'incidents']));
    expect(place.sample['bundle']).toBe(place.bundle);
  });
});

describe('doctor', () => {
  it('says what it found of the machine and of the case', async () => {
    const { ok, checks } = await json<{
      ok: boolean;
      checks: { name: string; ok: boolean; detail: string }[];
    }>(['doctor', ...on, '--json']);
    // A machine without a display server cannot print; everything else must be in order here.
    expect(checks.filter((check) => !check.ok && check.name !== 'printing')).toEqual([]);
    expect(ok).toBe(checks.every((check) => check.ok));
    expect(checks.map((check) => check.name)).toEqual(
      expect.arrayContaining(['engine', 'detections', 'geography', 'case parts', 'case analysis']),
    );
  });
});

describe('exit codes and streams', () => {
  it('ends with 2 and says why on stderr for wrong usage', async () => {
    for (const args of [
      [],
      ['nonsense'],
      ['incidents'],
      ['incidents', ...on, '--nonsense'],
      ['incidents', ...on, 'word'],
      ['findings', ...on, '--json=1'],
      ['open', '--case', join(place.folder, 'c')],
      ['open', place.bundle],
      ['open', place.bundle, ...on, '--baseline-days', 'two'],
      ['investigate', ...on],
      ['investigate', ...on, '--entity', 'x', '--from', 'yesterday'],
      ['investigate', ...on, '--entity', 'x', '--from', '2024-02-02', '--to', '2024-01-01'],
      ['query', ...on],
      ['query', ...on, '--sql', 'SELECT 1', '--json', '--csv'],
      ['report', ...on],
      ['report', ...on, '--out', join(place.folder, 'r.txt')],
      ['report', ...on, '--out', join(place.folder, 'r.json'), '--audience', 'everyone'],
      ['report', ...on, '--out', join(place.folder, 'r.json'), '--zone', 'Mars/Olympus'],
      ['sample', '--out', join(place.folder, 's'), '--events', '3'],
      ['sample', '--out', join(place.folder, 's'), '--scenario', 'none'],
      ['incidents', ...on, '--progress', 'loud'],
    ]) {
      const ended = await coldtrail(args);
      expect([args.join(' '), ended.code]).toEqual([args.join(' '), 2]);
      if (args.length > 0) expect([args.join(' '), ended.out]).toEqual([args.join(' '), '']);
      if (args.length > 0) expect(ended.err).toMatch(/^coldtrail: /);
    }
  });

  it('ends with 1 and leaves stdout empty when it fails', async () => {
    for (const args of [
      ['incidents', '--case', join(place.folder, 'absent')],
      ['open', join(place.folder, 'absent'), '--case', join(place.folder, 'c')],
      ['open', place.bundle, '--case', place.bundle],
      ['report', ...on, '--incident', 'inc-none', '--out', join(place.folder, 'r.json')],
      ['report', ...on, '--out', join(place.folder, 'absent', 'r.json')],
      ['rules', '--check', join(place.folder, 'absent')],
      ['investigate', ...on, '--entity', 'arn:aws:iam::000000000000:role/none'],
    ]) {
      const ended = await coldtrail([...args, '--json']);
      expect([args.join(' '), ended.code, ended.out]).toEqual([args.join(' '), 1, '']);
      expect(ended.err).toMatch(/^coldtrail: /);
    }
  });

  it('helps with 0', async () => {
    for (const args of [['--help'], ['help'], ['open', '--help'], ['query', '-h']]) {
      const ended = await coldtrail(args);
      expect([ended.code, ended.err]).toEqual([0, '']);
      expect(ended.out).toContain('Usage: coldtrail');
    }
  });

  it('takes paths from where the user stands', async () => {
    const ended = await coldtrail(['incidents', '--case', 'case', '--json'], { cwd: place.folder });
    expect(ended.code).toBe(0);
  });

  it('tells progress and failures as JSON lines when asked', async () => {
    const ended = await coldtrail([
      'open',
      place.bundle,
      ...['--case', join(place.folder, 'told'), '--json', '--progress', 'json'],
    ]);
    const lines = ended.err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { progress?: { phase: string; step: string; share: number } });
    const told = lines.flatMap((line) => line.progress ?? []);
    expect(new Set(told.map((p) => p.phase))).toEqual(new Set(['import', 'analyse']));
    for (const { share } of told) expect(share >= 0 && share <= 1).toBe(true);
    const failed = await coldtrail(['incidents', '--case', '/nowhere', '--progress', 'json']);
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.err)).toMatchObject({ error: { code: 'case.notACase' } });
  });
});
