import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import type { Connection } from '../../db/database';
import { Mmdb } from './mmdb';
import { placeOf } from './place-of';

const PLACE_TYPES =
  '[{"address":"VARCHAR","country":"VARCHAR","city":"VARCHAR","latitude":"DOUBLE","longitude":"DOUBLE","radiusKm":"DOUBLE","asn":"BIGINT","organization":"VARCHAR","origin":"VARCHAR"}]';

/**
 * Puts what a MaxMind DB file says of the addresses of `address_places` over what is known of them. A file that is damaged
 * at any of them is not used at all. Errors: `locations.unreadable`.
 */
export async function applyLocations(connection: Connection, file: string): Promise<void> {
  const addresses = await connection.rows<{ address: string }>(
    'SELECT address FROM address_places ORDER BY address',
  );
  const rows = await placesIn(
    file,
    addresses.map(({ address }) => address),
  );
  await connection.run(
    `UPDATE address_places SET country = coalesce(u.country, address_places.country), city = coalesce(u.city, address_places.city),
       latitude = coalesce(u.latitude, address_places.latitude), longitude = coalesce(u.longitude, address_places.longitude), radius_km = coalesce(u."radiusKm", address_places.radius_km),
       asn = coalesce(u.asn, address_places.asn), organization = coalesce(u.organization, address_places.organization), origin = u.origin
     FROM (SELECT unnest(from_json($rows, '${PLACE_TYPES}'), recursive := true)) u WHERE u.address = address_places.address`,
    { rows: JSON.stringify(rows) },
  );
}

async function placesIn(file: string, addresses: readonly string[]): Promise<object[]> {
  try {
    const database = new Mmdb(await readFile(file));
    const origin = `${basename(file)} (${database.built.toISOString().slice(0, 10)})`;
    return addresses.flatMap((address) => {
      const place = placeOf(database, address);
      return place === null ? [] : [{ address, ...place, origin }];
    });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new AppError('locations.unreadable', { path: file, detail });
  }
}
