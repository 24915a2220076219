import type { Connection } from '../../db/database';
import { quotedString } from '../../db/sql';
import awsRangesSql from './aws-ranges.sql?raw';
import { countryCentres, withBundledTables } from './bundled';
import kindsSql from './kinds.sql?raw';
import { applyLocations } from './location-file';
import placesSql from './places.sql?raw';

/**
 * Creates `address_places`: where each public address of the case is and who runs its network. The user's own MaxMind DB
 * files (city, country or ASN, of any of the usual makers) come before the bundled tables, in their order; an ip-ranges.json
 * of the bundle adds service and Region of AWS. Errors: `locations.unreadable`.
 */
export async function locateAddresses(connection: Connection, files: readonly string[] = []): Promise<void> {
  await withBundledTables(async (path) => {
    const text = placesSql.replace(/\{\{(\w+)\}\}/g, (_, table: string) =>
      quotedString(path(table as Parameters<typeof path>[0])),
    );
    await connection.run(text);
  });
  for (const file of [...files].reverse()) await applyLocations(connection, file);
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
