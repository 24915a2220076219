import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locateAddresses } from '../../../../src/main/baselines/geography';
import { Mmdb } from '../../../../src/main/baselines/geography/mmdb';
import { placeOf } from '../../../../src/main/baselines/geography/place-of';
import type { Database } from '../../../../src/main/db/database';
import { caseWith } from '../../detections/evidence-fixture';
import { record, user } from '../../entities/record';

const FILES = join(
  resolve(process.env['COLDTRAIL_DATASETS'] ?? '../shared/datasets'),
  'intel-geo/maxmind-test-mmdb/test-data',
);
const calledFrom = (sourceIPAddress: string) =>
  record({ sourceIPAddress, userIdentity: user('alice', 'AKIAALICE') });

describe('the bundled tables', () => {
  let database: Database;
  beforeAll(async () => {
    const addresses = [
      '8.8.8.8',
      '91.10.161.227',
      '2001:4860:4860::8888',
      '52.95.110.1',
      '10.1.2.3',
      '198.51.100.4',
    ];
    database = await caseWith({ cloudtrail: addresses.map(calledFrom) });
    await locateAddresses(database.main);
  });
  afterAll(() => database.close());

  const place = (address: string) =>
    database.main.rows('SELECT country, asn, network_kind FROM address_places WHERE address = $address', {
      address,
    });

  test('name country, operator and kind of network', async () => {
    expect(await place('8.8.8.8')).toEqual([{ country: 'US', asn: 15169, network_kind: 'hosting' }]);
    expect(await place('91.10.161.227')).toEqual([{ country: 'DE', asn: 3320, network_kind: null }]);
    expect(await place('52.95.110.1')).toMatchObject([{ asn: 16509, network_kind: 'aws' }]);
  });

  test('know IPv6', async () => {
    expect(await place('2001:4860:4860::8888')).toMatchObject([{ asn: 15169 }]);
  });

  test('leave private addresses out, and say nothing of what they do not know', async () => {
    expect(await place('10.1.2.3')).toEqual([]);
    expect(await place('198.51.100.4')).toEqual([{ country: null, asn: null, network_kind: null }]);
  });
});

describe.skipIf(!existsSync(FILES))('files of the user (needs COLDTRAIL_DATASETS)', () => {
  const open = (name: string) => new Mmdb(readFileSync(join(FILES, name)));

  test('are read in the shape of MaxMind', () => {
    const city = open('GeoIP2-City-Test.mmdb');
    expect(city.type).toBe('GeoIP2-City');
    expect(placeOf(city, '81.2.69.160')).toMatchObject({
      country: 'GB',
      city: 'London',
      latitude: 51.5142,
      longitude: -0.0931,
      radiusKm: 100,
    });
    expect(placeOf(city, '2001:218::1')).toMatchObject({ country: 'JP' });
    expect(placeOf(city, '127.0.0.1')).toBeNull();
    expect(placeOf(open('GeoLite2-ASN-Test.mmdb'), '1.128.0.1')).toMatchObject({ asn: 1221 });
  });

  test('come before the bundled tables', async () => {
    const database = await caseWith({ cloudtrail: [calledFrom('81.2.69.160'), calledFrom('8.8.8.8')] });
    try {
      await locateAddresses(database.main, [join(FILES, 'GeoIP2-City-Test.mmdb')]);
      const rows = await database.main.rows(
        'SELECT address, country, city, origin FROM address_places ORDER BY address',
      );
      expect(rows).toEqual([
        { address: '8.8.8.8', country: 'US', city: null, origin: 'DB-IP, RouteViews, NRO' },
        {
          address: '81.2.69.160',
          country: 'GB',
          city: 'London',
          origin: expect.stringMatching(/^GeoIP2-City-Test.mmdb \(\d{4}-/) as string,
        },
      ]);
    } finally {
      database.close();
    }
  });

  test.each(['GeoIP2-City-Test-Invalid-Node-Count.mmdb', 'GeoIP2-City-Test-Broken-Double-Format.mmdb'])(
    'that are damaged (%s) fail or know nothing, and never hang',
    (name) => {
      const look = () => {
        const file = open(name);
        return ['81.2.69.160', '1.128.0.1', '2001:218::1'].map((a) => placeOf(file, a));
      };
      try {
        expect(look().every((p) => p === null || typeof p === 'object')).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    },
  );

  test('that are something else are refused', () => {
    expect(() => new Mmdb(Buffer.from('no such thing'))).toThrow('not a MaxMind DB file');
  });
});
