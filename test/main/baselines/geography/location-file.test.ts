import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { locateAddresses } from '../../../../src/main/baselines/geography';
import { applyLocations } from '../../../../src/main/baselines/geography/location-file';
import { Mmdb } from '../../../../src/main/baselines/geography/mmdb';
import { placeOf } from '../../../../src/main/baselines/geography/place-of';
import type { Database } from '../../../../src/main/db/database';
import { fuzzLocations, locationOriginals } from '../../../support/fuzz/fuzz-locations';
import { mmdbFile } from '../../../support/fuzz/mmdb-file';
import { caseWith } from '../../detections/evidence-fixture';
import { record, user } from '../../entities/record';

const ADDRESSES = ['203.0.113.7', '198.51.100.4', '81.2.69.160', '1.128.0.1', '2001:db8::1', '2001:218::1'];
const PLACED = 'SELECT country, city, asn FROM address_places WHERE address = $address';
let database: Database;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-location-'));
  database = await caseWith({
    cloudtrail: ADDRESSES.map((sourceIPAddress) =>
      record({ sourceIPAddress, userIdentity: user('alice', 'AKIAALICE') }),
    ),
  });
  await locateAddresses(database.main);
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

const says = (value: unknown) => mmdbFile([{ address: [203, 0, 113, 0], bits: 24, says: value }]);
const placeIn = (value: unknown) => placeOf(new Mmdb(says(value)), '203.0.113.7');

test('every mutant of a location file is used or refused by name', { timeout: 120_000 }, async () => {
  const originals = await locationOriginals(null);
  const result = await fuzzLocations(database, originals, { count: 600, seed: 5 });
  expect(result.faults).toEqual([]);
  expect(result.used).toBeGreaterThan(50);
  expect(result.refused).toBeGreaterThan(50);
  expect(result.longestMs).toBeLessThan(5000);
});

test('a sound file of every record size is used, after all of them', async () => {
  const [first, ...others] = await locationOriginals(null);
  for (const [i, bytes] of [first as Buffer, ...others].entries()) {
    const file = join(folder, `${i}.mmdb`);
    await writeFile(file, bytes);
    await applyLocations(database.main, file);
    expect(await database.main.row(PLACED, { address: '203.0.113.7' })).toMatchObject({
      country: 'DE',
      city: 'Berlin',
    });
  }
  expect(await database.main.row(PLACED, { address: '2001:db8::1' })).toMatchObject({ asn: 64500 });
});

test('a file whose pointers multiply what it says is refused, at once', () => {
  // Twelve lists of 28 pointers to the next of them: 28 ^ 12 values in 700 bytes, no deeper than sound files may be.
  const lists = Array.from({ length: 12 }, (_, i) => {
    const next = (i + 1) * 58;
    const pointers = Buffer.alloc(56, Buffer.from([0x20 | (next >> 8), next & 0xff]));
    return Buffer.concat([Buffer.from([28, 4]), pointers]);
  });
  const bomb = Buffer.concat([...lists, Buffer.from([0x41, 0x78])]);
  expect(() => placeIn(bomb)).toThrow('a damaged MaxMind DB file');
});

test('numbers that no place has are not taken, nor names that objects have', () => {
  expect(
    placeIn({
      country: { iso_code: 'DE' },
      location: { latitude: 1e300, longitude: -180.5, accuracy_radius: 3 },
      asn: 1.5,
    }),
  ).toMatchObject({ country: 'DE', latitude: null, longitude: null, radiusKm: null, asn: null });
  expect(placeIn(JSON.parse('{"__proto__":{"country":{"iso_code":"XX"}},"city":"x"}'))).toMatchObject({
    country: null,
    city: 'x',
  });
});

test('a file without a time of its making is refused', () => {
  const metadata = { build_epoch: 'never' };
  expect(() => new Mmdb(mmdbFile([{ address: [1], bits: 8, says: 'x' }], { metadata }))).toThrow('damaged');
});
