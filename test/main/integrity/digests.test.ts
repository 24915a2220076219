import { copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkDigests } from '../../../src/main/integrity/check-digests';
import { keyOfValue, keysOfFile, type PublicKey } from '../../../src/main/integrity/public-keys';
import { keyPair, writeKeys, writeTrail } from '../../support/digests';
import { importFiles } from '../../support/golden';

const key = keyPair();
const other = keyPair();
let bundle = '';
beforeEach(async () => {
  bundle = await mkdtemp(join(tmpdir(), 'coldtrail-digests-'));
});
afterEach(() => rm(bundle, { recursive: true, force: true }));

interface Row {
  readonly kind: string;
  readonly state: string;
  readonly what: string | null;
  readonly first: string | null;
  readonly last: string | null;
}

/** Every row that is not valid, by the last part of its key; and how many are. */
async function check(given: readonly PublicKey[] | null = null): Promise<{ valid: number; rest: Row[] }> {
  const imported = await importFiles([bundle]);
  const { database } = imported;
  try {
    await checkDigests(database.main, given);
    const rows = await database.main.rows<Row>(
      `SELECT kind, state, regexp_extract(object_key, '[^/]+$') AS what, strftime(first_time, '%H:%M') AS first, strftime(last_time, '%H:%M') AS last
       FROM digest_results ORDER BY kind, first_time, object_key`,
    );
    return {
      valid: rows.filter((r) => r.state === 'valid').length,
      rest: rows.filter((r) => r.state !== 'valid'),
    };
  } finally {
    await imported.remove();
  }
}

const nameOf = (object: string | undefined) => object?.slice(object.lastIndexOf('/') + 1) ?? '';
const last = (n: number) =>
  `111122223333_CloudTrail-Digest_eu-west-1_main_eu-west-1_20240502T${n}0000Z.json.gz`;

describe('a chain of digests', () => {
  it('is valid but for the signature of its last one, which no digest holds', async () => {
    await writeTrail(bundle, key, { hours: 4 });
    await writeKeys(bundle, [other, key]);
    expect(await check()).toEqual({
      valid: 3 + 8,
      rest: [{ kind: 'digest', state: 'unsigned', what: last(12), first: '11:00', last: '12:00' }],
    });
  });

  it('names the one log file of which a byte was flipped', async () => {
    const trail = await writeTrail(bundle, key, { hours: 3 });
    await writeKeys(bundle, [key]);
    const name = trail.hours[1]?.logs[1] ?? '';
    const text = gunzipSync(await readFile(join(bundle, name)));
    text[text.indexOf('alice')] = 0x62;
    await writeFile(join(bundle, name), gzipSync(text));
    const { valid, rest } = await check();
    expect(valid).toBe(2 + 5);
    expect(rest.filter((r) => r.state !== 'unsigned')).toMatchObject([
      { kind: 'log', state: 'changed', what: nameOf(name) },
    ]);
  });

  it('knows log files that were unpacked, packed again or moved', async () => {
    const trail = await writeTrail(bundle, key, { hours: 2 });
    await writeKeys(bundle, [key]);
    const [first = '', second = ''] = trail.hours[0]?.logs ?? [];
    const text = gunzipSync(await readFile(join(bundle, first)));
    await writeFile(join(bundle, first.replace('.gz', '')), text);
    await rm(join(bundle, first));
    await writeFile(
      join(bundle, second),
      gzipSync(gunzipSync(await readFile(join(bundle, second))), { level: 1 }),
    );
    await rename(join(bundle, trail.hours[1]?.logs[0] ?? ''), join(bundle, 'elsewhere'));
    expect(await check()).toMatchObject({ valid: 1 + 4, rest: [{ state: 'unsigned' }] });
  });

  it('shows a log file that was taken out, and one that was put in', async () => {
    const trail = await writeTrail(bundle, key, { hours: 3 });
    await writeKeys(bundle, [key]);
    const gone = trail.hours[0]?.logs[0] ?? '';
    const put = gone.replace('_0x0', '_forged');
    const text = gunzipSync(await readFile(join(bundle, gone)))
      .toString()
      .replace('ListUsers', 'GetUser');
    await writeFile(join(bundle, put), gzipSync(text));
    await rm(join(bundle, gone));
    const { rest } = await check();
    expect(rest.filter((r) => r.kind === 'log')).toMatchObject([
      { state: 'missing', what: nameOf(gone), first: '08:09' },
      { state: 'unlisted', what: nameOf(put).replace('.gz', ''), first: '08:10' },
    ]);
  });

  it('shows a digest that was taken out as a gap in time', async () => {
    const trail = await writeTrail(bundle, key, { hours: 6 });
    await writeKeys(bundle, [key]);
    await rm(join(bundle, trail.hours[2]?.digest ?? ''));
    await rm(join(bundle, trail.hours[3]?.digest ?? ''));
    const { rest } = await check();
    expect(rest.filter((r) => r.kind === 'digest')).toEqual([
      {
        kind: 'digest',
        state: 'unsigned',
        what: last(10),
        first: '09:00',
        last: '10:00',
      },
      {
        kind: 'digest',
        state: 'missing',
        what: nameOf(trail.hours[3]?.digest),
        first: '10:00',
        last: '12:00',
      },
      { kind: 'digest', state: 'unsigned', what: last(14), first: '13:00', last: '14:00' },
    ]);
  });

  it('shows a changed digest, whatever else is right', async () => {
    const trail = await writeTrail(bundle, key, { hours: 3 });
    await writeKeys(bundle, [key]);
    const path = join(bundle, trail.hours[1]?.digest ?? '');
    const text = gunzipSync(await readFile(path)).toString();
    const { hashValue } = (JSON.parse(text) as { logFiles: { hashValue: string }[] }).logFiles[0] ?? {
      hashValue: '',
    };
    await writeFile(path, gzipSync(text.replace(hashValue, 'f'.repeat(64))));
    const { rest } = await check();
    expect(rest).toMatchObject([
      { kind: 'digest', state: 'changed', what: nameOf(trail.hours[1]?.digest) },
      { kind: 'digest', state: 'unsigned' },
      { kind: 'log', state: 'changed', what: nameOf(trail.hours[1]?.logs[0]) },
    ]);
  });

  it('says when the key is not at hand, and takes one of the examiner only', async () => {
    await writeTrail(bundle, key, { hours: 3, logsPerHour: 0 });
    expect((await check()).rest.map((r) => r.state)).toEqual(['no-key', 'no-key', 'unsigned']);
    expect(await check(keysOfFile(key.pem))).toMatchObject({ valid: 2 });
    await writeKeys(bundle, [key]);
    expect((await check(keysOfFile(other.pem))).rest.map((r) => r.state)).toEqual([
      'no-key',
      'no-key',
      'unsigned',
    ]);
  });

  it('is not fooled by a key that bears the name of another one', async () => {
    await writeTrail(bundle, key, { hours: 2, logsPerHour: 0 });
    await writeKeys(bundle, [{ ...other, fingerprint: key.fingerprint }]);
    expect((await check()).rest[0]?.state).toBe('no-key');
  });

  it('shows a signature by another key', async () => {
    await writeTrail(bundle, { ...other, fingerprint: key.fingerprint }, { hours: 2, logsPerHour: 0 });
    await writeKeys(bundle, [key]);
    expect((await check()).rest[0]?.state).toBe('changed');
  });

  it('begins anew where logging was off', async () => {
    const trail = await writeTrail(bundle, key, { hours: 5, restartAfter: 3, logsPerHour: 0 });
    await writeKeys(bundle, [key]);
    await rm(join(bundle, trail.hours[2]?.digest ?? ''));
    expect((await check()).rest).toMatchObject([
      { kind: 'digest', state: 'unsigned' },
      { kind: 'digest', state: 'unsigned' },
      { kind: 'gap', state: 'missing', first: '10:00', last: '11:00' },
    ]);
  });

  it('takes a copy of the bundle beside it for what it is', async () => {
    const trail = await writeTrail(bundle, key, { hours: 2 });
    await writeKeys(bundle, [key]);
    await copyFile(join(bundle, trail.hours[0]?.logs[0] ?? ''), join(bundle, 'copy.json.gz'));
    await copyFile(join(bundle, trail.hours[0]?.digest ?? ''), join(bundle, 'digest.json.gz'));
    expect(await check()).toMatchObject({ valid: 1 + 4, rest: [{ state: 'unsigned' }] });
  });
});

it('reads a key as CloudTrail gives it, with the fingerprint that CloudTrail gives', () => {
  // The example of the command's documentation.
  const value =
    'MIIBCgKCAQEAlSS3cl92HDycr/MTj0moOhas8habjrraXw+KzlWF0axSI2tcF+3iJ9BKQAVSKxGwxwu3m0wG3J+kUl1xboEcEPHYoIYMbgfSw7KGnuDKwkLzsQWhUJ0cIbOHASox1vv/5fNXkrHhGbDCHeVXm804c83nvHUEFYThr1PfyP/8HwrCtR3FX5OANtQCP61C1nJtSSkC8JSQUOrIP4CuwJjc+4WGDk+BGH5m9iuiAKkipEHWmUl8/P7XpfpWQuk4h8g3pXZOrNXr08lbh4d39svj7UqdhvOXoBISp9t/EXYuePGEtBdrKD9Dz+VHwyUPtBQvYr9BnkF88qBnaPNhS44rzwIDAQAB';
  expect(keyOfValue(value)?.fingerprint).toBe('7f3f401420072e50a65a141430817ab3');
  expect(keysOfFile(JSON.stringify({ PublicKeyList: [{ Value: value }] }))).toHaveLength(1);
  expect(keysOfFile(value)).toHaveLength(1);
  expect(keysOfFile('no key')).toEqual([]);
});
