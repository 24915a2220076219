import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyLocations } from '../../../src/main/baselines/geography/location-file';
import type { Database } from '../../../src/main/db/database';
import { AppError } from '../../../src/shared/errors/app-error';
import { mmdbFile } from './mmdb-file';
import { mutateBinary } from './mutate-binary';
import { Random } from './random';

interface LocationsResult {
  /** Mutants that were used; the others were refused with `locations.unreadable`. */
  readonly used: number;
  readonly refused: number;
  readonly longestMs: number;
  readonly faults: string[];
}

const CITY = {
  country: { iso_code: 'DE', names: { en: 'Germany' } },
  city: { names: { en: 'Berlin' } },
  location: { latitude: 52.5, longitude: 13.4, accuracy_radius: 20 },
};
const AS = { autonomous_system_number: 64500, autonomous_system_organization: 'Example' };
const IPV4 = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 203, 0, 113, 0];

/** Small location files of every record size and both trees, and those of a folder that are smaller than 100 kB. */
export async function locationOriginals(folder: string | null): Promise<Buffer[]> {
  const made = ([24, 28, 32] as const).flatMap((recordBits) => [
    mmdbFile([{ address: IPV4.slice(12), bits: 24, says: CITY }], { recordBits }),
    mmdbFile(
      [
        { address: IPV4, bits: 120, says: { ...CITY, ...AS } },
        { address: [0x20, 0x01, 0x0d, 0xb8], bits: 32, says: AS },
      ],
      { recordBits, version: 6 },
    ),
  ]);
  if (folder === null) return made;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mmdb')).sort();
  const files = await Promise.all(names.map((name) => readFile(join(folder, name))));
  return [...made, ...files.filter((bytes) => bytes.length < 100_000)];
}

/**
 * Locates the addresses of a database with `count` mutants of the originals, one after another. Each must be used or be
 * refused by name, in a time; no address may go, and none may lie where no place is.
 */
export async function fuzzLocations(
  { main }: Database,
  originals: readonly Buffer[],
  { count, seed }: { count: number; seed: number },
): Promise<LocationsResult> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-locations-'));
  const file = join(folder, 'mutant.mmdb');
  const random = new Random(seed);
  const result = { used: 0, refused: 0, longestMs: 0, faults: [] as string[] };
  const counted = 'SELECT count(*) AS n FROM address_places';
  const { n: before } = await main.row<{ n: number }>(counted);
  try {
    for (let i = 0; i < count; i += 1) {
      const { bytes, names } = mutateBinary(random.of(originals), random);
      await writeFile(file, bytes);
      const at = performance.now();
      try {
        await applyLocations(main, file);
        result.used += 1;
      } catch (error) {
        result.refused += 1;
        if (!(error instanceof AppError) || error.code !== 'locations.unreadable')
          result.faults.push(`seed ${seed}, mutant ${i} (${names.join(', ')}): ${String(error)}`);
      }
      result.longestMs = Math.max(result.longestMs, performance.now() - at);
    }
    const { n, lost } = await main.row<{ n: number; lost: number }>(
      `SELECT count(*) AS n, count(*) FILTER (abs(latitude) > 90 OR abs(longitude) > 180 OR radius_km < 0) AS lost FROM address_places`,
    );
    if (n !== before) result.faults.push(`seed ${seed}: ${before} addresses became ${n}`);
    if (lost > 0) result.faults.push(`seed ${seed}: ${lost} addresses lie nowhere`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return result;
}
