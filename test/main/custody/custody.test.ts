import { generateKeyPairSync } from 'node:crypto';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACTION_LOG } from '../../../src/main/case/case-folder';
import { brokenAt, logAction, parseLog, readLog } from '../../../src/main/custody/action-log';
import { sealCase, type Seal } from '../../../src/main/custody/seal';
import { verifySeal } from '../../../src/main/custody/verify-seal';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

const NOW = '2026-01-02T03:04:05.000Z';
let sample: SampleCase;
beforeAll(async () => {
  sample = await openSampleCase();
});
afterAll(() => sample.close());

const pem = (key: { export(options: { type: string; format: string }): string | Buffer }, type: string) =>
  String(key.export({ type, format: 'pem' }));
function keys(kind: 'ed25519' | 'ec' | 'rsa') {
  const pair =
    kind === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : kind === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { secret: pem(pair.privateKey, 'pkcs8'), open: pem(pair.publicKey, 'spki') };
}
async function seal(name: string, secret: string | null, include: string[] = []) {
  const out = join(sample.folder, name);
  const made = await sample.database.ask(({ connection, caseFolder }) =>
    sealCase(connection, caseFolder, {
      out,
      include,
      key: secret === null ? null : { pem: secret, passphrase: null },
      now: NOW,
    }),
  );
  return { out, made };
}
const checked = (sealPath: string, publicKey: string | null) =>
  verifySeal(sample.caseFolder, { sealPath, publicKey });

describe('the log of actions', () => {
  it('chains its lines, also when several write at once, and shows any change', async () => {
    const { caseFolder } = sample;
    await Promise.all(
      Array.from({ length: 8 }, (_, i) => logAction(caseFolder, 'exported', { path: `p${i}` }, NOW)),
    );
    const text = await readLog(caseFolder);
    expect(parseLog(text).map((a) => a.n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(brokenAt(text)).toBeNull();
    const lines = text.trimEnd().split('\n');
    const without = (i: number) => lines.filter((_, at) => at !== i).join('\n');
    const swapped = [lines[1], lines[0], ...lines.slice(2)].join('\n');
    expect(brokenAt(without(3))).toBe(4);
    expect(brokenAt(swapped)).toBe(1);
    expect(brokenAt(text.replace('p', 'q'))).not.toBeNull();
    expect(brokenAt(`${text}{`)).toBe(9);
  });
});

describe('a seal', () => {
  it('is valid for its key alone, whatever kind of key it is', async () => {
    const stranger = keys('ed25519').open;
    for (const kind of ['ed25519', 'ec', 'rsa'] as const) {
      const { secret, open } = keys(kind);
      const { out, made } = await seal(`${kind}.json`, secret);
      expect(made.files.length).toBeGreaterThan(10);
      expect(made.originals.length).toBeGreaterThan(10);
      expect(await checked(out, open)).toMatchObject({ ok: true, seal: { signature: 'valid' } });
      expect(await checked(out, stranger)).toMatchObject({ ok: false, seal: { signature: 'invalid' } });
      expect(await checked(out, null)).toMatchObject({ ok: true, seal: { signature: 'unchecked' } });
    }
  });

  it('is broken by any change to itself, to a file beside it, to the case and to the log before it', async () => {
    const { secret, open } = keys('ed25519');
    const report = join(sample.folder, 'report.txt');
    await writeFile(report, 'as sealed');
    const { out, made } = await seal('changed.json', secret, [report]);
    const part = made.files.find((f) => f.path.endsWith('.parquet'))?.path ?? '';
    for (const [path, change] of [
      [report, 'more'],
      [join(sample.caseFolder.path, part), 'x'],
      [out, ' '],
    ] as const) {
      const before = await readFile(path);
      await appendFile(path, change);
      expect([path, (await checked(out, open)).ok]).toEqual([path, false]);
      await writeFile(path, before);
      expect((await checked(out, open)).ok).toBe(true);
    }
    const log = join(sample.caseFolder.path, ACTION_LOG);
    const before = await readFile(log, 'utf8');
    await logAction(sample.caseFolder, 'exported', { path: 'later' }, NOW);
    expect((await checked(out, open)).ok).toBe(true);
    await writeFile(log, before.replace('p3', 'pX'));
    expect(await checked(out, open)).toMatchObject({ ok: false, seal: { actions: 'changed' } });
    await writeFile(log, before);
  });

  it('without its signature does not pass for a signed one', async () => {
    const { out } = await seal('unsigned.json', null);
    expect(await checked(out, null)).toMatchObject({ ok: true, seal: { signature: 'none' } });
    expect((await checked(out, keys('ed25519').open)).ok).toBe(false);
  });

  it('says which key cannot be used, and holds no key itself', async () => {
    await expect(seal('bad.json', 'no key')).rejects.toThrow(/key cannot be used/);
    await writeFile(join(sample.caseFolder.path, 'redaction.key'), 'secret');
    const { made } = await seal('keyless.json', null);
    expect(made.files.map((f: Seal['files'][number]) => f.path)).not.toContain('redaction.key');
    expect(await readdir(sample.caseFolder.path)).not.toContain(`${ACTION_LOG}.lock`);
  });
});
