import type { RequestOf, ResponseOf } from '../../shared/contract/index';
import type { MapStop } from '../../shared/contract/map';
import type { EntityRef } from '../../shared/model/entity';
import { defaultScope } from '../baselines/index';
import type { Connection, Params } from '../db/database';
import { entityRecords, K8S_FAILED, HTTP_FAILED } from './entity-records';
import type { QueryHandlers } from './handlers';
import { Panel } from './panel';
import { recordsPage } from './records-page';
import { inScope, scopeParams } from './scope';
import { wholeRange } from './whole-range';
import placedSql from './sql/map-placed.sql?raw';
import placesSql from './sql/map-places.sql?raw';
import travelSql from './sql/map-travel.sql?raw';
import travellersSql from './sql/map-travellers.sql?raw';

type Response = ResponseOf<'map/places'>;
type Place = Response['places'][number];
type Request = RequestOf<'map/places'>;

/** Logs whose addresses have a place: table, kind of its records, address, principal, SQL of ours for "refused". */
const LOGS = [
  [
    'k8s_audit',
    'k8s-audit',
    'source_ip',
    `coalesce(regexp_replace(user_arn, '^arn:([^:]+):sts::(\\d+):assumed-role/([^/]+).*$', 'arn:\\1:iam::\\2:role/\\3'), user_username)`,
    K8S_FAILED,
  ],
  ['s3_access', 's3-access', 'remote_ip', 'requester', HTTP_FAILED],
] as const;

const COUNTS =
  'count(*) FILTER (NOT failed) AS succeeded, count(*) FILTER (failed) AS failed, min(event_time) AS first, max(event_time) AS last';
const HERE = `country IS NOT DISTINCT FROM CAST($country AS VARCHAR) AND city IS NOT DISTINCT FROM CAST($city AS VARCHAR) AND ${inScope('event_time')}`;

/** Where requests came from. Of the flow logs nothing is drawn: a peer of theirs made no request. */
export const mapQueries: QueryHandlers<'map/places' | 'map/place' | 'map/records'> = {
  'map/places': ({ connection }, request) => places(connection, request),
  'map/place': async ({ connection }, { country, city, ...request }) => {
    const { sql, params } = await placed(connection, request);
    const all = { ...params, country, city };
    const panels = {
      addresses: new Panel(
        `${sql}SELECT address, any_value(organization) AS organization, any_value(asn) AS asn, any_value(network_kind) AS kind,
  any_value(origin) AS origin, count(DISTINCT principal) AS principals, ${COUNTS}
FROM placed WHERE ${HERE} GROUP BY address ORDER BY count(*) DESC, address LIMIT 500`,
        all,
      ),
      principals: new Panel(
        `${sql}SELECT any_value(principal_type) AS type, principal AS id, ${COUNTS}
FROM placed WHERE ${HERE} AND principal IS NOT NULL GROUP BY principal ORDER BY count(*) DESC, id LIMIT 500`,
        all,
      ),
    };
    return {
      addresses: await panels.addresses.rows(connection),
      principals: await panels.principals.rows(connection),
      sql: { addresses: panels.addresses.shown, principals: panels.principals.shown },
    };
  },
  'map/records': async ({ connection }, { country, city, address, principal, failed, page, ...request }) => {
    const { sql, params } = await placed(connection, request);
    const keys = `${sql}SELECT source, file_id, record_no, event_time FROM placed WHERE ${HERE}
  AND ($address IS NULL OR address = $address) AND ($principal IS NULL OR principal = $principal) AND ($failed IS NULL OR failed = $failed)`;
    return recordsPage(connection, keys, { ...params, country, city, address, principal, failed }, page);
  },
};

async function places(connection: Connection, request: Request): Promise<Response> {
  const { sql, params } = await placed(connection, request);
  const since =
    request.scope?.from ?? (await defaultScope(connection))?.from ?? (await wholeRange(connection)).from;
  const fill = (text: string) => sql + text.replaceAll('{{in_scope}}', () => inScope('event_time'));
  const panels = {
    places: new Panel(fill(placesSql), { ...params, since, days: request.baselineDays }),
    travellers: new Panel(fill(travellersSql), params),
    travel: new Panel(fill(travelSql), params),
  };
  const rows = await panels.places.rows<Place & { historyDays: number }>(connection);
  const legs = request.entity === null ? [] : await panels.travel.rows<Leg>(connection);
  return {
    since,
    historyDays: rows[0]?.historyDays ?? 0,
    places: rows,
    unplaced: await unplaced(connection, request, params),
    travellers: await panels.travellers.rows(connection),
    legs: legs.map((leg) => ({
      n: leg.n,
      from: stopOf(leg, 'from'),
      to: stopOf(leg, 'to'),
      km: leg.km,
      hours: leg.hours,
    })),
    moreLegs: Math.max(0, (legs[0]?.total ?? 0) - legs.length),
    sql: Object.fromEntries(Object.entries(panels).map(([name, panel]) => [name, panel.shown])),
  };
}

async function unplaced(
  connection: Connection,
  { entity }: Request,
  params: Params,
): Promise<Response['unplaced']> {
  const own = entity === null ? 'true' : (await entityRecords(connection, entity)).calls;
  return new Panel(
    `SELECT count(*) FILTER (ip_class = 'private') AS private, count(*) FILTER (ip_class IN ('aws-service', 'none')) AS service
FROM calls WHERE (${own}) AND ${inScope('event_time')}`,
    params,
  ).row(connection);
}

type Leg = { readonly n: number; readonly km: number; readonly hours: number; readonly total: number } & {
  readonly [K in keyof MapStop as `${'from' | 'to'}${Capitalize<K>}`]: MapStop[K];
};

function stopOf(leg: Leg, side: 'from' | 'to'): MapStop {
  return {
    country: leg[`${side}Country`],
    city: leg[`${side}City`],
    latitude: leg[`${side}Latitude`],
    longitude: leg[`${side}Longitude`],
    address: leg[`${side}Address`],
    kind: leg[`${side}Kind`],
    time: leg[`${side}Time`],
    source: leg[`${side}Source`],
    fileId: leg[`${side}FileId`],
    recordNo: leg[`${side}RecordNo`],
  };
}

/** The common start of the statements, up to the relation `placed`, and its values. */
async function placed(
  connection: Connection,
  { scope, entity }: Pick<Request, 'scope' | 'entity'>,
): Promise<{ readonly sql: string; readonly params: Params }> {
  const visits = await visitsOf(connection, entity);
  return {
    sql: `WITH ${placedSql.replace('{{visits}}', () => visits)}`,
    params: { ...scopeParams(scope), ...(entity === null ? {} : { id: entity.id }) },
  };
}

/** SELECT of (source, file_id, record_no, event_time, address, principal_type, principal, failed) of all, or of an entity's requests. */
async function visitsOf(connection: Connection, entity: EntityRef | null): Promise<string> {
  const records = entity === null ? null : await entityRecords(connection, entity);
  const calls = `  SELECT 'cloudtrail' AS source, file_id, record_no, event_time, source_ip AS address, principal_type, principal, error_code IS NOT NULL AS failed
  FROM calls WHERE source_ip IS NOT NULL${records === null ? '' : ` AND (${records.calls})`}`;
  const logged = LOGS.flatMap(([table, source, address, principal, failed]) => {
    const named = records === null ? 'true' : records.logged.find(([name]) => name === table)?.[2];
    return named === undefined
      ? []
      : [
          `  SELECT '${source}', file_id, record_no, event_time, ${address}, NULL, ${principal}, ${failed}
  FROM ${table} WHERE ${address} IS NOT NULL AND (${named})`,
        ];
  });
  return [calls, ...logged].join('\n  UNION ALL\n');
}
