import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import countries from '../../../../resources/geo/countries.json';

const TABLES = ['country', 'country6', 'asn', 'asn6', 'organizations'] as const;
type Table = (typeof TABLES)[number];

const load: Readonly<Record<Table, () => Promise<{ readonly default: string }>>> = {
  country: () => import('../../../../resources/geo/country.parquet?url&inline'),
  country6: () => import('../../../../resources/geo/country6.parquet?url&inline'),
  asn: () => import('../../../../resources/geo/asn.parquet?url&inline'),
  asn6: () => import('../../../../resources/geo/asn6.parquet?url&inline'),
  organizations: () => import('../../../../resources/geo/organizations.parquet?url&inline'),
};

/** Centre of each country's addresses by ISO code: latitude, longitude, and the kilometres within which 95 % of them are. */
export const countryCentres: Readonly<Record<string, readonly number[]>> = countries;

/**
 * Lends the bundled tables as Parquet files for the time of `use`: the product carries them inside its code, where the
 * database cannot read them.
 */
export async function withBundledTables<T>(use: (path: (table: Table) => string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-geo-'));
  const path = (table: Table) => join(folder, `${table}.parquet`);
  try {
    for (const table of TABLES) {
      const { default: uri } = await load[table]();
      await writeFile(path(table), Buffer.from(uri.slice(uri.indexOf(',') + 1), 'base64'));
    }
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
