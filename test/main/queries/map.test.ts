import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleCase, type SampleCase } from './sample-case';

let sample: SampleCase;
beforeAll(async () => {
  sample = await openSampleCase();
});
afterAll(() => sample.close());

const page = { offset: 0, limit: 1 };
const all = { scope: null, entity: null, baselineDays: 5 };

async function value(text: string): Promise<unknown> {
  const { columns } = await sample.call('sql/run', { text, limit: 1 });
  return columns[0]?.[0];
}

describe('the map', () => {
  it('counts every request from a public address in exactly one place', async () => {
    const { places, unplaced } = await sample.call('map/places', all);
    const sum = places.reduce((n, place) => n + place.succeeded + place.failed, 0);
    expect(sum).toBe(await value('SELECT count(*) FROM calls JOIN address_places ON address = source_ip'));
    expect(sum + unplaced.private + unplaced.service).toBe(await value('SELECT count(*) FROM calls'));
    expect(places.length).toBeGreaterThan(3);
    for (const place of places.slice(0, 5)) {
      const { country, city } = place;
      const request = { ...all, country, city, address: null, principal: null, page };
      const count = async (failed: boolean) =>
        (await sample.call('map/records', { ...request, failed })).total;
      expect([country, await count(false), await count(true)]).toEqual([
        country,
        place.succeeded,
        place.failed,
      ]);
      const detail = await sample.call('map/place', { ...all, country, city });
      expect(detail.addresses.length).toBe(place.addresses);
      expect(detail.principals.length).toBe(place.principals);
    }
  });

  it('shows SQL that gives the same rows', async () => {
    const { places, sql } = await sample.call('map/places', all);
    const shown = await sample.call('sql/run', { text: sql['places']!, limit: 1000 });
    expect(shown.columns[shown.names.indexOf('succeeded')]).toEqual(places.map((row) => row.succeeded));
    expect(shown.columns[shown.names.indexOf('state')]).toEqual(places.map((row) => row.state));
  });

  it('calls a place new when the days before the scope time do not have it, and never without history', async () => {
    const whole = await sample.call('map/places', all);
    const middle = String(
      await value(`SELECT min(event_time) + (max(event_time) - min(event_time)) / 2 FROM calls`),
    );
    const scope = { from: middle, to: '2099-01-01T00:00:00Z' };
    const later = await sample.call('map/places', { ...all, scope, baselineDays: 30 });
    for (const place of later.places) {
      if (place.country === null) continue;
      const before = Number(
        await value(
          `SELECT count(*) FROM calls JOIN address_places ON address = source_ip WHERE event_time < TIMESTAMP '${middle.replace('T', ' ').replace('Z', '')}' AND country = '${place.country}'`,
        ),
      );
      expect([place.country, place.state === 'new']).toEqual([place.country, before === 0]);
    }
    const early = await sample.call('map/places', {
      ...all,
      scope: { from: whole.places.map((place) => place.first).sort()[0]!, to: middle },
    });
    expect(new Set(early.places.map((place) => place.state)).has('new')).toBe(false);
  });

  it('follows one principal from place to place, each leg where the last ended', async () => {
    const { travellers } = await sample.call('map/places', all);
    const [who] = travellers;
    expect(who).toBeDefined();
    const entity = { type: who!.type as 'role', id: who!.id };
    const { legs, places } = await sample.call('map/places', { ...all, entity });
    expect(places.filter((place) => place.country !== null).length).toBe(who!.places);
    expect(legs.map((leg) => leg.n)).toEqual(legs.map((_, i) => i + 1));
    for (const [i, leg] of legs.entries()) {
      expect(`${leg.from.country}${leg.from.city}`).not.toBe(`${leg.to.country}${leg.to.city}`);
      expect(leg.hours).toBeGreaterThanOrEqual(0);
      const next = legs[i + 1];
      if (next) expect(next.from.country).toBe(leg.to.country);
    }
  });
});
