import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Connection } from '../../db/database';
import { quotedString } from '../../db/sql';
import awsRangesSql from './aws-ranges.sql?raw';
import { countryCentres, withBundledTables } from './bundled';
import kindsSql from './kinds.sql?raw';
import { Mmdb } from './mmdb';
import { placeOf } from './place-of';
import placesSql from './places.sql?raw';

const PLACE_TYPES =
  '[{"address":"VARCHAR","country":"VARCHAR","city":"VARCHAR","latitude":"DOUBLE","longitude":"DOUBLE","radiusKm":"DOUBLE","asn":"BIGINT","organization":"VARCHAR","origin":"VARCHAR"}]';

/**
 * Creates `address_places`: where each public address of the case is and who runs its network. The user's own MaxMind DB
 * files (city, country or ASN, of any of the usual makers) come before the bundled tables, in their order; an ip-ranges.json
 * of the bundle adds service and Region of AWS. Errors: those of a file that cannot be read.
 */
export async function locateAddresses(connection: Connection, files: readonly string[] = []): Promise<void> {
  await withBundledTables(async (path) => {
    const text = placesSql.replace(/\{\{(\w+)\}\}/g, (_, table: string) =>
      quotedString(path(table as Parameters<typeof path>[0])),
    );
    await connection.run(text);
  });
  for (const file of [...files].reverse()) await applyFile(connection, file);
  const centres = Object.entries(countryCentres).map(([country, [latitude, longitude, radius]]) => ({
    country,
    latitude,
    longitude,
    radius,
  }));
  const [kinds = '', places = ''] = kindsSql.split(/;\s*\n/);
  await connection.run(kinds);
  await connection.run(awsRangesSql);
  await connection.run(places, { centres: JSON.stringify(centres) });
}

async function applyFile(connection: Connection, file: string): Promise<void> {
  const database = new Mmdb(await readFile(file));
  const origin = `${basename(file)} (${database.built.toISOString().slice(0, 10)})`;
  const addresses = await connection.rows<{ address: string }>(
    'SELECT address FROM address_places ORDER BY address',
  );
  const rows = addresses.flatMap(({ address }) => {
    const place = placeOf(database, address);
    return place === null ? [] : [{ address, ...place, origin }];
  });
  await connection.run(
    `UPDATE address_places SET country = coalesce(u.country, address_places.country), city = coalesce(u.city, address_places.city),
       latitude = coalesce(u.latitude, address_places.latitude), longitude = coalesce(u.longitude, address_places.longitude), radius_km = coalesce(u."radiusKm", address_places.radius_km),
       asn = coalesce(u.asn, address_places.asn), organization = coalesce(u.organization, address_places.organization), origin = u.origin
     FROM (SELECT unnest(from_json($rows, '${PLACE_TYPES}'), recursive := true)) u WHERE u.address = address_places.address`,
    { rows: JSON.stringify(rows) },
  );
}
