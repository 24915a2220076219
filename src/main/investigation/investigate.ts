import type { Investigation } from '../../shared/contract/incidents';
import type { EntityRef } from '../../shared/model/entity';
import { SEVERITIES, severityRank, type Severity } from '../../shared/model/severity';
import { tacticRank } from '../../shared/model/tactic';
import type { TimeRange } from '../../shared/model/time';
import { newBehaviour } from '../baselines';
import type { Connection } from '../db/database';
import { ruleSql, technique } from '../detections';
import { lineageOf, type LineageStep } from '../lineage';
import { ExhibitBook, type Place } from './exhibits';
import { tellWhatNow } from './remediation/steps';
import ttpsSql from './ttps.sql?raw';

interface InvestigateRequest {
  readonly entity: EntityRef;
  /** Null: all the time the evidence covers. */
  readonly scope: TimeRange | null;
}

interface TtpRow {
  readonly findingId: string;
  readonly ruleId: string;
  readonly title: string;
  readonly provider: string;
  readonly author: string | null;
  readonly tactic: string;
  readonly techniques: readonly string[];
  readonly severity: Severity;
  readonly successes: number;
  readonly failures: number;
  readonly ips: readonly string[];
  readonly apis: readonly { api: string; successes: number; failures: number }[];
  readonly places: readonly Place[];
  readonly remediation: readonly string[];
  readonly incidentId: string | null;
}

/** Everything the case says about one entity in a time: indicators, TTPs, new behaviour, lineage, steps to take. */
export async function investigateEntity(
  connection: Connection,
  { entity, scope }: InvestigateRequest,
): Promise<Investigation> {
  const range = scope ?? (await wholeTime(connection));
  const rows = await connection.rows<TtpRow>(ttpsSql, {
    type: entity.type,
    id: entity.id,
    from: range.from,
    to: range.to,
  });
  const book = new ExhibitBook(connection);
  const ttps = await ttpsOf(rows, book);
  const fresh = await newBehaviour(connection, {
    scope: range,
    baselineDays: 14,
    principal: entity.id,
    limit: 200,
  });
  const lineage = await lineageOf(connection, entity.id);
  const incidents = [...new Set(rows.flatMap((r) => r.incidentId ?? []))];
  return {
    entity: { ...entity },
    scope: { ...range },
    ...severityOf(rows, ttps),
    indicators: indicatorsOf(rows, ttps, fresh),
    ttps,
    newBehaviour: fresh,
    lineage: {
      up: await steps(lineage.up, book),
      down: await steps(lineage.down, book),
      resolution: lineage.resolution,
    },
    incidents,
    remediation: (
      await tellWhatNow(
        connection,
        rows.map((r) => ({ ...r, id: r.findingId })),
        { first: range.from, last: range.to, caseId: incidents.length === 1 ? (incidents[0] ?? null) : null },
        book,
      )
    ).map((step) => ({ ...step, commands: [...step.commands], exhibits: [...step.exhibits] })),
  };
}

async function wholeTime(connection: Connection): Promise<TimeRange> {
  return connection.row<TimeRange>(`
    SELECT coalesce(min(first_time), TIMESTAMP '1970-01-01') AS "from", coalesce(max(last_time), TIMESTAMP '1970-01-01') AS "to"
    FROM activity`);
}

/** Most severe first, then along the kill chain. */
async function ttpsOf(rows: readonly TtpRow[], book: ExhibitBook): Promise<Investigation['ttps']> {
  const ttps: Investigation['ttps'] = [];
  for (const row of rows) {
    const id = row.techniques[0] ?? '';
    ttps.push({
      tactic: row.tactic,
      technique: id,
      techniqueName: technique(id)?.name ?? '',
      procedure: row.title,
      severity: row.severity,
      ruleId: row.ruleId,
      ruleTitle: row.title,
      author: row.author ?? '',
      successes: row.successes,
      failures: row.failures,
      ips: [...row.ips],
      apis: [...row.apis],
      findingId: row.findingId,
      sql: ruleSql(row.ruleId),
      exhibits: await book.cite(row.places),
    });
  }
  return ttps.sort(
    (a, b) =>
      severityRank(b.severity) - severityRank(a.severity) || tacticRank(a.tactic) - tacticRank(b.tactic),
  );
}

function severityOf(
  rows: readonly TtpRow[],
  ttps: Investigation['ttps'],
): Pick<Investigation, 'severity' | 'severityReasons'> {
  const worst = rows.reduce((max, r) => Math.max(max, severityRank(r.severity)), 0);
  return {
    severity: SEVERITIES[worst] ?? 'informational',
    severityReasons:
      rows.length === 0
        ? ['no finding names this entity in this time']
        : [`the most severe of ${rows.length} findings that name it: ${ttps[0]?.procedure ?? ''}`],
  };
}

const NEW_KINDS: Readonly<Record<string, string>> = {
  'new-user-agent': 'NEW_USER_AGENT',
  'new-api': 'NEW_API',
  'new-address': 'NEW_ADDRESS',
  'new-region': 'NEW_REGION',
  'new-service': 'NEW_SERVICE',
};

function indicatorsOf(
  rows: readonly TtpRow[],
  ttps: Investigation['ttps'],
  fresh: Investigation['newBehaviour'],
): Investigation['indicators'] {
  const out: Investigation['indicators'] = ttps.map((t) => ({
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
  }));
  for (const row of rows.filter((r) => r.provider !== 'coldtrail' && r.provider !== 'baseline')) {
    const exhibits = ttps.find((t) => t.findingId === row.findingId)?.exhibits ?? [];
    out.push({
      type: 'RELATED_FINDING',
      detail: { Arn: row.findingId, Type: row.ruleId, IpAddress: row.ips[0] ?? null },
      exhibits,
    });
    for (const ip of row.ips)
      out.push({
        type: 'FLAGGED_IP_ADDRESS',
        detail: { IpAddress: ip, Reason: `named by ${row.provider}` },
        exhibits,
      });
  }
  for (const id of new Set(rows.flatMap((r) => r.incidentId ?? [])))
    out.push({ type: 'RELATED_FINDING_GROUP', detail: { Id: id }, exhibits: [] });
  for (const row of fresh.filter((f) => f.mode === 'baseline')) {
    out.push({
      type: NEW_KINDS[row.kind] ?? 'NEW_VALUE',
      detail: {
        Value: row.value,
        FirstSeen: row.first,
        IsNewForEntireAccount: row.isNewForAccount,
        BaselineDays: row.activeDays,
        SampleSize: row.sampleSize,
      },
      exhibits: [],
    });
  }
  return out;
}

async function steps(
  chain: readonly LineageStep[],
  book: ExhibitBook,
): Promise<Investigation['lineage']['up']> {
  const out: Investigation['lineage']['up'] = [];
  for (const s of chain) {
    out.push({
      credential: s.credential,
      principal: s.principal,
      kind: s.kind,
      via: s.via,
      time: s.time,
      depth: s.depth,
      exhibits: await book.cite([
        { source: 'cloudtrail', fileId: s.fileId, recordNo: s.recordNo, eventId: null },
      ]),
    });
  }
  return out;
}
