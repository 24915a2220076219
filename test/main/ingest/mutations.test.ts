import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkConservation, importFiles } from '../../support/golden';

const CASES = join(import.meta.dirname, '../sources');
const VARIANTS = 6;

/** The inputs of every golden case. */
async function inputs(): Promise<Buffer[]> {
  const found = await readdir(CASES, { recursive: true, withFileTypes: true });
  const paths = found.flatMap((entry) =>
    entry.isFile() && !/^expected\.json$|\.ts$/.test(entry.name) ? [join(entry.parentPath, entry.name)] : [],
  );
  return Promise.all(paths.sort().map((path) => readFile(path)));
}

/** What happens to evidence on its way: cut, mixed, marked, packed, turned to UTF-16, flipped bits, numbers as texts. */
function variant(bytes: Buffer, kind: number, at: number): Buffer {
  const place = bytes.length === 0 ? 0 : at % bytes.length;
  const changes: readonly (() => Buffer)[] = [
    () => bytes.subarray(0, place),
    () => Buffer.concat([Buffer.from('\ufeff'), bytes]),
    () => Buffer.from(bytes.toString('utf8'), 'utf16le'),
    () => {
      const packed = gzipSync(bytes);
      return packed.subarray(0, packed.length - 1 - (at % Math.max(1, packed.length - 20)));
    },
    () => Buffer.concat([bytes.subarray(0, place), Buffer.from([at & 255, 0, 0xff]), bytes.subarray(place)]),
    () => Buffer.concat([bytes, Buffer.from('\n{"'), bytes]),
    () => Buffer.from(bytes.toString('utf8').replace(/\d+/g, (digits) => `"${digits}"`)),
    () => Buffer.from(`${'['.repeat(4000)}${bytes.toString('utf8')}`),
    () => Buffer.from(bytes.toString('latin1').replaceAll('2024', '9924'), 'latin1'),
  ];
  return changes[kind % changes.length]?.() ?? bytes;
}

test('whatever happens to evidence, the import goes on and no record is lost', async () => {
  const originals = await inputs();
  expect(originals.length).toBeGreaterThan(30);
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-mutations-'));
  const random = fc.sample(fc.tuple(fc.nat(8), fc.nat(1_000_000)), {
    numRuns: originals.length * VARIANTS,
    seed: 7,
  });
  for (const [i, [kind, at]] of random.entries()) {
    const bytes = originals[i % originals.length] as Buffer;
    await writeFile(join(folder, `variant-${String(i).padStart(4, '0')}`), variant(bytes, kind, at));
  }
  const imported = await importFiles([folder]);
  await checkConservation(imported.database);
  const { files, silent } = await imported.database.main.row<{ files: number; silent: number }>(
    `SELECT count(*) AS files, count(*) FILTER (issue_records > 0 AND file_id NOT IN (SELECT file_id FROM issues)) AS silent FROM files`,
  );
  expect(files).toBe(random.length);
  expect(silent).toBe(0);
  await imported.remove();
  await rm(folder, { recursive: true, force: true });
});
