import { generateKeyPairSync } from 'node:crypto';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PDFDict, PDFDocument, PDFName } from 'pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coldtrail, json, workplace, type Workplace } from './coldtrail';

let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

interface Summary {
  readonly outputs: readonly { readonly path: string; readonly bytes: number }[];
  readonly failures: readonly object[];
  readonly incidents: number;
}

describe('run, export, seal', () => {
  it('run makes case, report and every export, and says what it wrote', async () => {
    const out = join(place.folder, 'queue', 'job-1');
    const summary = await json<Summary>(['run', place.bundle, '--out', out, '--no-pdf', '--json']);
    const formats = await json<{ name: string }[]>(['export', '--list', '--json']);
    // The report as HTML and JSON beside the exports.
    expect(summary.outputs.length).toBe(formats.length + 2);
    expect(summary.failures).toEqual([]);
    for (const { path, bytes } of summary.outputs) expect((await stat(path)).size).toBe(bytes);
    expect(JSON.parse(await readFile(join(out, 'run.json'), 'utf8'))).toEqual(summary);
    expect(await json<object[]>(['incidents', '--case', join(out, 'case'), '--json'])).toHaveLength(
      summary.incidents,
    );
  });

  it('run ends with 3 and keeps the rest when the PDF cannot be made', async () => {
    const out = join(place.folder, 'queue', 'job-2');
    const ended = await coldtrail(
      ['run', place.bundle, '--out', out, '--formats', 'csv,ioc', '--json', '--progress', 'json'],
      { without: ['COLDTRAIL_ELECTRON'] },
    );
    expect(ended.code).toBe(3);
    const summary = JSON.parse(ended.out) as Summary;
    expect(summary.failures).toMatchObject([{ what: 'report.pdf' }]);
    expect(summary.outputs.length).toBe(4);
    const told = ended.err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { progress?: { phase: string } });
    const phases = new Set(told.flatMap((line) => line.progress?.phase ?? []));
    expect([...phases].sort()).toEqual(['analyse', 'export', 'import', 'report']);
  });

  it('export writes one format and refuses unknown ones', async () => {
    const out = join(place.folder, 'layer.json');
    const args = ['export', '--case', place.caseDir, '--format', 'navigator', '--out', out];
    const told = await json<{ bytes: number; format: string }>([...args, '--json']);
    expect(told).toMatchObject({ format: 'navigator', bytes: (await stat(out)).size });
    for (const [bad, code] of [
      [['export', '--case', place.caseDir, '--format', 'docx', '--out', out], 2],
      [['export', '--case', place.caseDir, '--format', 'csv'], 2],
      [['run', place.bundle], 2],
      [['run', place.bundle, '--out', join(place.folder, 'x'), '--formats', 'csv,docx'], 2],
      [['verify', '--case', place.caseDir, '--public-key', out], 1],
      [[...args, '--incident', 'inc-none'], 1],
      [['export', '--case', place.caseDir, '--format', 'csv', '--out', join(place.folder, 'no', 'x.csv')], 1],
    ] as const)
      expect([bad.join(' '), (await coldtrail(bad)).code]).toEqual([bad.join(' '), code]);
  });

  it('seal and verify hold what was handed over, and the log says who did what', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const [secret, open] = [join(place.folder, 'k.pem'), join(place.folder, 'p.pem')];
    await writeFile(secret, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await writeFile(open, publicKey.export({ type: 'spki', format: 'pem' }));
    const report = join(place.folder, 'sealed.json');
    await json(['report', '--case', place.caseDir, '--out', report, '--json']);
    const seal = join(place.folder, 'seal.json');
    const on = ['--case', place.caseDir];
    await json(['seal', ...on, '--out', seal, '--include', report, '--key', secret, '--json']);
    const verify = ['verify', ...on, '--seal', seal, '--public-key', open, '--json'];
    expect(await json(verify)).toMatchObject({ ok: true, seal: { signature: 'valid', actions: 'whole' } });
    const log = (await readFile(join(place.caseDir, 'actions.jsonl'), 'utf8')).trim().split('\n');
    const actions = log.map((line) => (JSON.parse(line) as { action: string }).action);
    expect(actions).toEqual(expect.arrayContaining(['opened', 'exported', 'reported', 'sealed']));
    await appendFile(report, ' ');
    expect(await json(verify, 1)).toMatchObject({ ok: false });
  });
});

describe('the PDF', () => {
  it('is the same to the byte for the same stated time, with outline, titles and dates', async () => {
    const program = resolve('bin', 'coldtrail.mjs');
    const files: Buffer[] = [];
    for (const name of ['one.pdf', 'two.pdf']) {
      const out = join(place.folder, name);
      const args = ['report', '--case', place.caseDir, '--out', out, '--written', '2026-01-02'];
      const ended = await coldtrail([...args, '--examiner', 'E. Xaminer', '--audience', 'evidence'], {
        program,
      });
      expect([ended.code, ended.err]).toEqual([0, expect.stringContaining('exhibits')]);
      files.push(await readFile(out));
    }
    expect(files[0]?.equals(files[1] ?? Buffer.alloc(0))).toBe(true);
    const document = await PDFDocument.load(files[0] ?? Buffer.alloc(0), { updateMetadata: false });
    expect(document.getAuthor()).toBe('E. Xaminer');
    expect(document.getCreationDate()?.toISOString()).toBe('2026-01-02T00:00:00.000Z');
    const outline = document.catalog.lookup(PDFName.of('Outlines'), PDFDict);
    const first = outline.lookup(PDFName.of('First'), PDFDict);
    expect(String(first.lookup(PDFName.of('Title')))).toContain('FEFF');
    expect(Number(String(outline.get(PDFName.of('Count'))))).toBeGreaterThan(8);
    expect(document.getPageCount()).toBeGreaterThan(8);
  });
});
