import * as v from 'valibot';
import { defineContract } from './define';
import { BaselineDays, Count, Entity, Page, Range, Table, Text } from './words';

const MapScope = { scope: v.nullable(Range), entity: v.nullable(Entity), baselineDays: BaselineDays };
/** A place of the map: a city where the user's own files name one, else a country; both null where nobody knows. */
const PlaceKey = { country: Text, city: Text };
const LatLon = v.nullable(v.number());

const Place = v.object({
  ...PlaceKey,
  latitude: LatLon,
  longitude: LatLon,
  /** How far from there the addresses may be. */
  radiusKm: LatLon,
  addresses: Count,
  principals: Count,
  /** Autonomous systems there, and those of them not seen in the days before. */
  networks: Count,
  newNetworks: Count,
  /** Kinds of network that say little about where a person is: aws, hosting, vpn, satellite. */
  kinds: v.array(v.string()),
  /** Whether every address there belongs to such a network. */
  allKinds: v.boolean(),
  succeeded: Count,
  failed: Count,
  first: v.string(),
  last: v.string(),
  /** Against the days before: unsure with less than two days of history, never called new. */
  state: v.picklist(['new', 'network', 'known', 'unsure']),
});

const Stop = v.object({
  country: v.string(),
  city: Text,
  latitude: v.number(),
  longitude: v.number(),
  address: v.string(),
  kind: Text,
  time: v.string(),
  source: v.string(),
  fileId: v.number(),
  recordNo: v.number(),
});
export type MapStop = v.InferOutput<typeof Stop>;

export const mapContract = defineContract({
  /** Where requests came from, by place; with an entity also its travel from place to place in time order. */
  'map/places': {
    request: v.object(MapScope),
    response: v.object({
      /** From here on a place is compared with the days before. */
      since: v.string(),
      historyDays: Count,
      places: v.array(Place),
      /** Calls that have no place: from private addresses, and by AWS services or without an address. */
      unplaced: v.object({ private: Count, service: Count }),
      /** Principals that were in more than one place, most places first. */
      travellers: v.array(v.object({ type: v.string(), id: v.string(), places: Count })),
      legs: v.array(v.object({ n: Count, from: Stop, to: Stop, km: v.number(), hours: v.number() })),
      /** Legs there are beyond those listed. */
      moreLegs: Count,
      sql: v.record(v.string(), v.string()),
    }),
  },
  /** Who and which addresses were in one place. */
  'map/place': {
    request: v.object({ ...MapScope, ...PlaceKey }),
    response: v.object({
      addresses: v.array(
        v.object({
          address: v.string(),
          organization: Text,
          asn: v.nullable(v.number()),
          kind: Text,
          origin: v.string(),
          principals: Count,
          succeeded: Count,
          failed: Count,
          first: v.string(),
          last: v.string(),
        }),
      ),
      principals: v.array(
        v.object({
          type: Text,
          id: v.string(),
          succeeded: Count,
          failed: Count,
          first: v.string(),
          last: v.string(),
        }),
      ),
      sql: v.record(v.string(), v.string()),
    }),
  },
  /** The records of one place, of one of its addresses or principals; columns as incidents/timeline. */
  'map/records': {
    request: v.object({
      ...MapScope,
      ...PlaceKey,
      address: Text,
      principal: Text,
      failed: v.nullable(v.boolean()),
      page: Page,
    }),
    response: Table,
  },
});
