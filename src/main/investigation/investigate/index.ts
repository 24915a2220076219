import type { Investigation } from '../../../shared/contract/investigation';
import type { EntityRef } from '../../../shared/model/entity';
import { severityRank } from '../../../shared/model/severity';
import { tacticRank } from '../../../shared/model/tactic';
import type { TimeRange } from '../../../shared/model/time';
import { newBehaviour, newTraffic } from '../../baselines';
import type { Connection } from '../../db/database';
import { ruleSql, technique } from '../../detections';
import { callsOf } from '../../entities/calls-of';
import { lineageOf, type LineageStep } from '../../lineage';
import { ExhibitBook } from '../exhibits';
import { tellWhatNow } from '../remediation/steps';
import { indicatorsOf } from './indicators';
import { reachOf, recommendedFor, relatedGroups, unusualHours } from './related';
import { severityOf } from './severity';
import subjectSql from './subject.sql?raw';
import type { TtpRow } from './ttp-row';
import ttpsSql from './ttps.sql?raw';

interface InvestigateRequest {
  readonly entity: EntityRef;
  /** Null: all the time the evidence covers. */
  readonly scope: TimeRange | null;
}

/** Days before the compared time that behaviour is compared with. */
const BASELINE_DAYS = 14;

/**
 * Everything the case says about one entity in a time: indicators, TTPs, new and unusual behaviour, lineage, what it
 * reached, whom to look at next and what to do. Makes a temporary table on the connection while it runs.
 */
export async function investigateEntity(
  connection: Connection,
  { entity, scope }: InvestigateRequest,
): Promise<Investigation> {
  const range = scope ?? (await wholeTime(connection));
  const rows = await connection.rows<TtpRow>(ttpsSql, { ...entity, ...range });
  const comparedFrom = scope?.from ?? firstAlarm(rows) ?? range.from;
  const compared = { from: comparedFrom, to: range.to };
  const calls = await callsOf(connection, entity);
  const subject = subjectSql.replace('{{calls}}', () => calls);
  const named = calls.includes('$id') ? { id: entity.id } : {};
  await connection.run(subject, { ...named, ...compared, days: BASELINE_DAYS });
  try {
    const book = new ExhibitBook(connection);
    const ttps = await ttpsOf(rows, book);
    const lineage = await lineageOf(connection, entity.id);
    const groups = await relatedGroups(connection, entity);
    const incidents = [...new Set(rows.flatMap((r) => r.incidentId ?? []))];
    const indicators = await indicatorsOf(connection, { entity, rows, ttps, compared, groups, book });
    const asked = { scope: compared, baselineDays: BASELINE_DAYS, limit: 200 };
    const fresh =
      entity.type === 'instance'
        ? await newTraffic(connection, { ...asked, host: entity.id })
        : await newBehaviour(connection, {
            ...asked,
            ...(entity.type === 'address' ? { address: entity.id } : { principal: entity.id }),
          });
    const unusual = await unusualHours(connection, compared);
    return {
      entity: { ...entity },
      scope: { ...range },
      comparedFrom,
      ...severityOf({ rows, groups, indicators, unusual }),
      indicators,
      ttps,
      newBehaviour: fresh,
      unusual,
      lineage: {
        up: await steps(lineage.up, book),
        down: await steps(lineage.down, book),
        resolution: lineage.resolution,
      },
      reach: await reachOf(connection, entity, { compared, lineage, book }),
      incidents,
      relatedGroups: groups,
      recommended: await recommendedFor(connection, entity, lineage),
      remediation: await remediationOf(connection, rows, { range, incidents, book }),
    };
  } finally {
    await connection.run('DROP TABLE IF EXISTS investigated');
  }
}

async function wholeTime(connection: Connection): Promise<TimeRange> {
  return connection.row<TimeRange>(`
    SELECT coalesce(min(first_time), TIMESTAMP '1970-01-01') AS "from", coalesce(max(last_time), TIMESTAMP '1970-01-01') AS "to"
    FROM activity`);
}

/** The hour of the first finding of at least medium severity, baseline evidence aside. */
function firstAlarm(rows: readonly TtpRow[]): string | null {
  const alarms = rows.filter(
    (r) => r.kind !== 'baseline' && severityRank(r.severity) >= severityRank('medium'),
  );
  const first = alarms.map((r) => r.first).sort()[0];
  return first === undefined ? null : `${first.slice(0, 13)}:00:00.000000Z`;
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

async function steps(
  chain: readonly LineageStep[],
  book: ExhibitBook,
): Promise<Investigation['lineage']['up']> {
  const out: Investigation['lineage']['up'] = [];
  for (const { credential, near, principal, kind, via, time, depth, fileId, recordNo } of chain) {
    const exhibits = await book.cite([{ source: 'cloudtrail', fileId, recordNo, eventId: null }]);
    out.push({ credential, near, principal, kind, via, time, depth, exhibits });
  }
  return out;
}

async function remediationOf(
  connection: Connection,
  rows: readonly TtpRow[],
  { range, incidents, book }: { range: TimeRange; incidents: readonly string[]; book: ExhibitBook },
): Promise<Investigation['remediation']> {
  const [only, other] = incidents;
  const told = await tellWhatNow(
    connection,
    rows.map((r) => ({ ...r, id: r.findingId })),
    { first: range.from, last: range.to, caseId: other === undefined ? (only ?? null) : null },
    book,
  );
  return told.map((step) => ({ ...step, commands: [...step.commands], exhibits: [...step.exhibits] }));
}
