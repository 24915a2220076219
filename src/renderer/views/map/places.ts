import type { ResponseOf } from '../../../shared/contract/index';
import { toMillis } from '../../format/time';
import { pointOf, SHEET, type Point } from './world';

export type MapData = ResponseOf<'map/places'>;
export type Place = MapData['places'][number];
export type Leg = MapData['legs'][number];
type Named = Pick<Place, 'country' | 'city'>;

/** What the map is looked at through: zoom, and where the sheet's corner is on the screen. */
export interface Lens {
  readonly k: number;
  readonly x: number;
  readonly y: number;
}

export const STATE_TITLES: Readonly<Record<Place['state'], string>> = {
  new: 'new place',
  network: 'new network',
  known: 'known',
  unsure: 'no history',
};

export const KIND_TITLES: Readonly<Record<string, string>> = {
  aws: 'AWS',
  hosting: 'hosting',
  vpn: 'VPN',
  satellite: 'satellite',
};

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** Name of a place for a person. A code that is none stays as it is: it may come from a file of the user. */
export function placeName({ country, city }: Named): string {
  if (country === null) return 'Place unknown';
  let name = country;
  try {
    name = regions.of(country) ?? country;
  } catch {
    // not the shape of a region code
  }
  return city === null ? name : `${city}, ${name}`;
}

/** What is known by a moment (milliseconds): the places seen by then, with all their counts, and the legs travelled. */
export function byMoment(data: MapData, moment: number | null): MapData {
  if (moment === null) return data;
  return {
    ...data,
    places: data.places.filter(({ first }) => toMillis(first) <= moment),
    legs: data.legs.filter(({ to }) => toMillis(to.time) <= moment),
  };
}

/** Names a place in the params of the view. */
export function placeKey({ country, city }: Named): string {
  return `${country ?? ''}|${city ?? ''}`;
}

export function placeOfKey(key: string): Named {
  const cut = key.indexOf('|');
  const [country, city] = [key.slice(0, cut), key.slice(cut + 1)];
  return { country: country === '' ? null : country, city: city === '' ? null : city };
}

/** One mark on the screen: a place, or several that would cover each other, the busiest first. */
export interface Mark {
  readonly at: Point;
  readonly radius: number;
  readonly places: readonly Place[];
  readonly records: number;
  /** Share of the records that failed. */
  readonly failed: number;
  readonly state: Place['state'];
}

const SMALLEST = 5;
const LARGEST = 22;
/** Marks whose centres are nearer than this share of both radii become one. */
const OVERLAP = 0.62;
const GRAVITY: readonly Place['state'][] = ['unsure', 'known', 'network', 'new'];

/** The places as marks of a lens. Area follows the number of records; a mark of several shows the newest state in it. */
export function marksOf(places: readonly Place[], lens: Lens): Mark[] {
  const most = Math.max(1, ...places.map((place) => place.succeeded + place.failed));
  const radius = (n: number): number => SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(n / most);
  const groups: { at: Point; radius: number; places: Place[] }[] = [];
  const busiestFirst = [...places].sort((a, b) => b.succeeded + b.failed - a.succeeded - a.failed);
  for (const place of busiestFirst) {
    if (place.latitude === null || place.longitude === null) continue;
    const { x, y } = pointOf({ latitude: place.latitude, longitude: place.longitude });
    const at = { x: x * lens.k + lens.x, y: y * lens.k + lens.y };
    const size = radius(place.succeeded + place.failed);
    const near = groups.find(
      (group) => Math.hypot(group.at.x - at.x, group.at.y - at.y) < (group.radius + size) * OVERLAP,
    );
    if (near) near.places.push(place);
    else groups.push({ at, radius: size, places: [place] });
  }
  return groups.map((group) => {
    const records = group.places.reduce((n, place) => n + place.succeeded + place.failed, 0);
    const failed = group.places.reduce((n, place) => n + place.failed, 0);
    const state = group.places.reduce<Place['state']>(
      (newest, place) => (GRAVITY.indexOf(place.state) > GRAVITY.indexOf(newest) ? place.state : newest),
      'unsure',
    );
    return { ...group, records, failed: failed / Math.max(1, records), state };
  });
}

/** The lens that shows all of these places with some room around them, in a window of this size. */
export function fitted(
  places: readonly { readonly latitude: number | null; readonly longitude: number | null }[],
  size: { readonly width: number; readonly height: number },
): Lens {
  const points = places.flatMap(({ latitude, longitude }) =>
    latitude === null || longitude === null ? [] : [pointOf({ latitude, longitude })],
  );
  const whole = Math.min(size.width / SHEET.width, size.height / SHEET.height);
  const xs = points.length === 0 ? [0, SHEET.width] : points.map((point) => point.x);
  const ys = points.length === 0 ? [0, SHEET.height] : points.map((point) => point.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const wanted = Math.min(
    (size.width - 2 * MARGIN) / Math.max(1, right - left),
    (size.height - 2 * MARGIN) / Math.max(1, bottom - top),
  );
  const k = Math.max(whole, Math.min(wanted, whole * (points.length > 1 ? MOST_ZOOM : 4)));
  return kept(
    { k, x: size.width / 2 - (k * (left + right)) / 2, y: size.height / 2 - (k * (top + bottom)) / 2 },
    size,
  );
}
const MARGIN = 56;
const MOST_ZOOM = 24;

/** Zooms by a factor around a point of the screen. */
export function zoomed(
  lens: Lens,
  factor: number,
  at: Point,
  size: { readonly width: number; readonly height: number },
): Lens {
  const whole = Math.min(size.width / SHEET.width, size.height / SHEET.height);
  const k = Math.max(whole, Math.min(whole * MOST_ZOOM, lens.k * factor));
  const f = k / lens.k;
  return kept({ k, x: at.x - (at.x - lens.x) * f, y: at.y - (at.y - lens.y) * f }, size);
}

/** The lens moved so that the sheet never leaves the window; a sheet smaller than the window stands in its middle. */
export function kept(lens: Lens, size: { readonly width: number; readonly height: number }): Lens {
  const along = (offset: number, sheet: number, window: number): number =>
    sheet <= window ? (window - sheet) / 2 : Math.max(window - sheet, Math.min(0, offset));
  return {
    k: lens.k,
    x: along(lens.x, SHEET.width * lens.k, size.width),
    y: along(lens.y, SHEET.height * lens.k, size.height),
  };
}

/** Kilometres an hour of a leg, or null when no time passed. */
export function speedOf({ km, hours }: Pick<Leg, 'km' | 'hours'>): number | null {
  return hours <= 0 ? null : km / hours;
}

/**
 * Farther and faster than an airliner, as rule ct-ia-016 has it: at least 500 km, above 900 km/h with five minutes given.
 * `explained` when a cloud, VPN or satellite network is at either end: its address does not say where a person was.
 */
export function haste({ km, hours, from, to }: Leg): 'none' | 'explained' | 'impossible' {
  if (km < 500 || km / (hours + 5 / 60) <= 900) return 'none';
  return from.kind === null && to.kind === null ? 'impossible' : 'explained';
}
