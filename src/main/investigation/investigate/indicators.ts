import type { Investigation } from '../../../shared/contract/investigation';
import type { EntityRef } from '../../../shared/model/entity';
import type { TimeRange } from '../../../shared/model/time';
import type { Connection } from '../../db/database';
import type { ExhibitBook, Place } from '../exhibits';
import flaggedSql from './flagged.sql?raw';
import type { TtpRow } from './ttp-row';
import newValuesSql from './new-values.sql?raw';
import travelSql from './travel.sql?raw';

/** The detector of journeys (detections/statistical/impossible-travel.ts). */
const TRAVEL = 'ct-ia-016';
const BASELINE_DAYS = 14;
/** Types of GuardDuty findings that rest on a list of bad addresses. */
const THREAT_LIST = /Malicious|Tor|C&C|Blackhole|DropPoint|Bitcoin|CryptoCurrency/;

interface Known {
  readonly entity: EntityRef;
  readonly rows: readonly TtpRow[];
  readonly ttps: Investigation['ttps'];
  readonly compared: TimeRange;
  readonly groups: Investigation['relatedGroups'];
  readonly book: ExhibitBook;
}
type Indicators = Investigation['indicators'];

/** The eight types of ListIndicators with the keys of their details, and NEW_API, NEW_SERVICE, NEW_NETWORK, NEW_REGION. */
export async function indicatorsOf(connection: Connection, known: Known): Promise<Indicators> {
  const { rows, ttps, groups } = known;
  return [
    ...ttps.map((t) => ({
      type: 'TTP_OBSERVED',
      detail: {
        Tactic: t.tactic,
        Technique: t.technique,
        Procedure: t.procedure,
        IpAddress: t.ips[0] ?? null,
        APIName: t.apis[0]?.api ?? null,
        APISuccessCount: t.successes,
        APIFailureCount: t.failures,
      },
      exhibits: t.exhibits,
    })),
    ...(await journeys(connection, known)),
    ...(await flagged(connection, known)),
    ...(await newValues(connection, known)),
    ...rows
      .filter((r) => r.kind === 'provider')
      .map((r) => ({
        type: 'RELATED_FINDING',
        detail: {
          Arn: r.places.find((p) => p.source !== 'cloudtrail')?.eventId ?? r.findingId,
          Type: r.ruleId,
          IpAddress: r.ips[0] ?? null,
        },
        exhibits: ttps.find((t) => t.findingId === r.findingId)?.exhibits ?? [],
      })),
    ...groups.map(({ id }) => ({ type: 'RELATED_FINDING_GROUP', detail: { Id: id }, exhibits: [] })),
  ];
}

async function journeys(connection: Connection, { rows, book }: Known): Promise<Indicators> {
  const ids = rows.filter((r) => r.ruleId === TRAVEL).map((r) => r.findingId);
  if (ids.length === 0) return [];
  const hops = await connection.rows<{
    from: string;
    to: string;
    fromLocation: string;
    toLocation: string;
    hours: number;
    places: Place[];
  }>(travelSql, { ids: JSON.stringify(ids) });
  const out: Indicators = [];
  for (const h of hops)
    out.push({
      type: 'IMPOSSIBLE_TRAVEL',
      detail: {
        StartingIpAddress: h.from,
        EndingIpAddress: h.to,
        StartingLocation: h.fromLocation,
        EndingLocation: h.toLocation,
        HourlyTimeDelta: h.hours,
      },
      exhibits: await book.cite(h.places),
    });
  return out;
}

async function flagged(connection: Connection, { entity, book }: Known): Promise<Indicators> {
  const rows = await connection.rows<{
    address: string;
    provider: string;
    title: string;
    rules: string[];
    places: Place[] | null;
  }>(flaggedSql, { ...entity, lists: THREAT_LIST.source });
  const out: Indicators = [];
  for (const { address, provider, title, rules, places } of rows)
    out.push({
      type: 'FLAGGED_IP_ADDRESS',
      detail: {
        IpAddress: address,
        Reason: reasonOf(provider, rules),
        Finding: title,
      },
      exhibits: await book.cite(places ?? []),
    });
  return out;
}

function reasonOf(provider: string, rules: readonly string[]): string {
  if (provider === 'imported') return 'IMPORTED_INDICATOR';
  if (rules.some((rule) => THREAT_LIST.test(rule))) return 'AWS_THREAT_INTELLIGENCE';
  return `NAMED_BY_${provider.toUpperCase()}`;
}

interface NewValue {
  readonly type: string;
  readonly value: string;
  readonly first: string;
  readonly records: number;
  readonly refused: number;
  readonly ip: string | null;
  readonly place: Place;
  readonly isNewForAccount: boolean;
  readonly activeDays: number;
  readonly sampleSize: number;
}

async function newValues(connection: Connection, { compared, book }: Known): Promise<Indicators> {
  const rows = await connection.rows<NewValue>(newValuesSql, { from: compared.from, days: BASELINE_DAYS });
  const out: Indicators = [];
  for (const row of rows)
    out.push({
      type: row.type,
      detail: {
        ...named(row),
        IsNewForEntireAccount: row.isNewForAccount,
        FirstSeen: row.first,
        Records: row.records,
        Refused: row.refused,
        BaselineDays: row.activeDays,
        SampleSize: row.sampleSize,
      },
      exhibits: await book.cite([row.place]),
    });
  return out;
}

/** The value under the key that AWS gives it, else under `Value`. */
function named({ type, value, ip }: NewValue): Record<string, string | null> {
  switch (type) {
    case 'NEW_GEOLOCATION':
      return { Location: value, IpAddress: ip };
    case 'NEW_ASO':
      return { Aso: value, IpAddress: ip };
    case 'NEW_USER_AGENT':
      return { UserAgent: value };
    default:
      return { Value: value };
  }
}
