import { describe, expect, it } from 'vitest';
import {
  fitted,
  haste,
  kept,
  marksOf,
  placeKey,
  placeName,
  placeOfKey,
  zoomed,
  type Leg,
  type Place,
} from '../../../../src/renderer/views/map/places';
import { pointOf, SHEET, wayBetween } from '../../../../src/renderer/views/map/world';

const size = { width: 960, height: 500 };
const whole = fitted([], size);

function place(country: string, latitude: number, longitude: number, rest: Partial<Place> = {}): Place {
  return {
    country,
    city: null,
    latitude,
    longitude,
    radiusKm: 100,
    addresses: 1,
    principals: 1,
    networks: 1,
    newNetworks: 0,
    kinds: [],
    allKinds: false,
    succeeded: 10,
    failed: 0,
    first: '2025-01-01T00:00:00Z',
    last: '2025-01-01T00:00:00Z',
    state: 'known',
    ...rest,
  };
}
const berlin = place('DE', 52.5, 13.4);
const poznan = place('PL', 52.4, 14.9);
const sydney = place('AU', -33.9, 151.2, { succeeded: 90, failed: 10 });

describe('names of places', () => {
  it('spells countries out and keeps codes that are none', () => {
    expect(placeName({ country: 'DE', city: null })).toBe('Germany');
    expect(placeName({ country: 'DE', city: 'Berlin' })).toBe('Berlin, Germany');
    expect(placeName({ country: '<b>', city: null })).toBe('<b>');
    expect(placeName({ country: null, city: null })).toBe('Place unknown');
  });

  it('survive a way through the params of a place', () => {
    for (const one of [
      { country: 'BR', city: 'A|B' },
      { country: null, city: null },
      { country: 'BR', city: null },
    ])
      expect(placeOfKey(placeKey(one))).toEqual(one);
  });
});

describe('marks', () => {
  it('become one where they would cover each other, and come apart nearer by', () => {
    const far = marksOf([berlin, poznan, sydney], whole);
    expect(far.map((mark) => mark.places.map((one) => one.country))).toEqual([['AU'], ['DE', 'PL']]);
    const near = marksOf([berlin, poznan], fitted([berlin, poznan], size));
    expect(near.length).toBe(2);
  });

  it('keep every record, show the newest state and leave out places nobody knows', () => {
    const marks = marksOf(
      [berlin, { ...poznan, state: 'new' }, place('XX', 0, 0, { latitude: null, longitude: null })],
      whole,
    );
    expect(marks.map(({ records, state }) => ({ records, state }))).toEqual([{ records: 20, state: 'new' }]);
    expect(marksOf([sydney], whole)[0]?.failed).toBeCloseTo(0.1);
  });
});

describe('the lens', () => {
  it('never shows less than the whole sheet nor leaves it', () => {
    expect(whole).toEqual({ k: 1, x: 0, y: 0 });
    expect(zoomed(whole, 0.1, { x: 0, y: 0 }, size)).toEqual(whole);
    const near = zoomed(whole, 4, { x: 480, y: 250 }, size);
    expect(near.k).toBe(4);
    expect(kept({ ...near, x: 9999, y: 9999 }, size)).toEqual({ k: 4, x: 0, y: 0 });
  });

  it('keeps the point under the pointer where it is', () => {
    const at = { x: 300, y: 200 };
    const near = zoomed(whole, 3, at, size);
    expect((at.x - near.x) / near.k).toBeCloseTo((at.x - whole.x) / whole.k);
  });

  it('fits places into the window', () => {
    const lens = fitted([berlin, sydney], size);
    for (const one of [berlin, sydney]) {
      const { x, y } = pointOf({ latitude: one.latitude!, longitude: one.longitude! });
      expect(x * lens.k + lens.x).toBeGreaterThan(0);
      expect(x * lens.k + lens.x).toBeLessThan(size.width);
      expect(y * lens.k + lens.y).toBeLessThan(size.height);
    }
  });
});

describe('travel', () => {
  const stop = (kind: string | null): Leg['from'] => ({
    country: 'DE',
    city: null,
    latitude: 0,
    longitude: 0,
    address: '1.2.3.4',
    kind,
    time: '',
    source: 'cloudtrail',
    fileId: 1,
    recordNo: 1,
  });
  const leg = (km: number, hours: number, kind: string | null = null): Leg => ({
    n: 1,
    from: stop(null),
    to: stop(kind),
    km,
    hours,
  });

  it('is impossible when it is far and fast, explained through a cloud, none otherwise', () => {
    expect(haste(leg(9000, 1))).toBe('impossible');
    expect(haste(leg(9000, 1, 'aws'))).toBe('explained');
    expect(haste(leg(9000, 24))).toBe('none');
    expect(haste(leg(400, 0))).toBe('none');
  });

  it('is drawn the short way round, cut at the edge of the sheet', () => {
    const way = wayBetween({ latitude: 35, longitude: 139 }, { latitude: 37, longitude: -122 });
    expect(way.match(/M/g)?.length).toBe(2);
    expect(
      wayBetween({ latitude: 52, longitude: 13 }, { latitude: 48, longitude: 2 }).match(/M/g)?.length,
    ).toBe(1);
    expect(pointOf({ latitude: 0, longitude: 0 }).x).toBeCloseTo(SHEET.width / 2);
  });
});
