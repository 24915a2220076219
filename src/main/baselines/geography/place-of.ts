import { isIP } from 'node:net';
import type { Mmdb } from './mmdb';

/** What a location file says of an address; absent where it says nothing. */
export interface Place {
  readonly country: string | null;
  readonly city: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly radiusKm: number | null;
  readonly asn: number | null;
  readonly organization: string | null;
}

/** Kilometres around a city when the file gives no radius. */
const CITY_RADIUS_KM = 50;
/** Half the way around the earth, in kilometres. */
const FARTHEST_KM = 20_040;
const LARGEST_ASN = 2 ** 32 - 1;

/**
 * Looks an address up in any of the usual shapes: MaxMind's nested one (also DB-IP's own), the flat one of ip-location-db,
 * and IPinfo's. Null when the file does not know it.
 */
export function placeOf(file: Mmdb, address: string): Place | null {
  const bytes = addressBytes(address);
  const found = bytes === null ? null : file.get(bytes);
  if (typeof found !== 'object' || found === null) return null;
  const text = (...paths: readonly string[]) =>
    first(found, paths, (v) => (typeof v === 'string' && v !== '' ? v : null));
  const number = ([low, high]: readonly [number, number], ...paths: readonly string[]) =>
    first(found, paths, (v) => numericWithin(v, low, high));
  const city = text('city.names.en', 'city');
  const latitude = number([-90, 90], 'location.latitude', 'latitude');
  return {
    country: text('country.iso_code', 'country_code', 'country', 'registered_country.iso_code'),
    city,
    latitude,
    longitude: number([-180, 180], 'location.longitude', 'longitude'),
    radiusKm:
      latitude === null ? null : (number([0, FARTHEST_KM], 'location.accuracy_radius') ?? CITY_RADIUS_KM),
    asn: whole(
      number([0, LARGEST_ASN], 'autonomous_system_number', 'asn', 'traits.autonomous_system_number'),
    ),
    organization: text('autonomous_system_organization', 'as_name', 'traits.autonomous_system_organization'),
  };
}

/** A number of the range; what a damaged file says beyond it is not known. */
function numericWithin(value: unknown, low: number, high: number): number | null {
  const number = numeric(value);
  return number !== null && number >= low && number <= high ? number : null;
}

function whole(number: number | null): number | null {
  return Number.isInteger(number) ? number : null;
}

function numeric(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  const number = Number(value.replace(/^AS/i, ''));
  return value !== '' && Number.isFinite(number) ? number : null;
}

function first<T>(root: object, paths: readonly string[], take: (value: unknown) => T | null): T | null {
  for (const path of paths) {
    let value: unknown = root;
    for (const key of path.split('.'))
      value =
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
    const taken = take(value);
    if (taken !== null) return taken;
  }
  return null;
}

function addressBytes(address: string): number[] | null {
  const kind = isIP(address);
  if (kind === 4) return address.split('.').map(Number);
  if (kind !== 6 || address.includes('.') || address.includes('%')) return null;
  const [front = '', back] = address.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((g) => parseInt(g, 16)));
  const head = groups(front);
  const tail = back === undefined ? [] : groups(back);
  const all = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return all.flatMap((group) => [group >> 8, group & 0xff]);
}
