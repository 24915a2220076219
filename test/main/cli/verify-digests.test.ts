import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPair, writeKeys, writeTrail } from '../../support/digests';
import { coldtrail, json } from './coldtrail';

interface Verified {
  readonly ok: boolean;
  readonly files: readonly { readonly ok: boolean }[];
  readonly digests: {
    readonly ok: boolean;
    readonly digests: object;
    readonly logs: object;
    readonly notValid: readonly {
      readonly kind: string;
      readonly state: string;
      readonly path: string | null;
    }[];
  };
}

const key = keyPair();
let folder = '';
let changed = '';
const at = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-verify-'));
  const trail = await writeTrail(at('bundle'), key, { hours: 3 });
  await writeKeys(at('bundle'), [key]);
  changed = join(at('bundle'), trail.hours[1]?.logs[0] ?? '');
  await json(['open', at('bundle'), '--case', at('good'), '--json']);
  const text = gunzipSync(await readFile(changed))
    .toString()
    .replace('alice', 'mallo');
  await writeFile(changed, gzipSync(text));
  await json(['open', at('bundle'), '--case', at('bad'), '--json']);
  await writeFile(at('key.pem'), key.pem);
  await writeFile(at('other.pem'), keyPair().pem);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('verify checks digest files', () => {
  it('and names the log file that is not as it was delivered', async () => {
    const { ok, files, digests } = await json<Verified>(['verify', '--case', at('bad'), '--json'], 1);
    expect([ok, digests.ok, files.every((f) => f.ok)]).toEqual([false, false, true]);
    expect(digests).toMatchObject({ digests: { valid: 2, unsigned: 1 }, logs: { valid: 5, changed: 1 } });
    expect(digests.notValid.slice(0, 1)).toMatchObject([{ kind: 'log', state: 'changed', path: changed }]);
    const told = await coldtrail(['verify', '--case', at('bad')]);
    expect(told.out).toContain(`CHANGED  log  ${changed}`);
  });

  it('by the keys of the examiner when they are given', async () => {
    // The original was changed after this import, which the hashes say; the digests go by what was imported.
    const by = async (pem: string) =>
      (await json<Verified>(['verify', '--case', at('good'), '--public-key', at(pem), '--json'], 1)).digests;
    expect(await by('key.pem')).toMatchObject({
      ok: true,
      digests: { valid: 2, unsigned: 1 },
      logs: { valid: 6 },
    });
    expect(await by('other.pem')).toMatchObject({ ok: true, digests: { 'no-key': 2, unsigned: 1 } });
  });
});
