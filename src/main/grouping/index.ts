import { createHash } from 'node:crypto';
import { severityRank } from '../../shared/model/severity';
import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import { formGroups, THRESHOLD_WITHOUT_CREDENTIALS } from './form-groups';
import { linkFindings, type Link } from './link-findings';
import { loadLinkables } from './linkable';
import { stability } from './stability';

/** A group without a finding of this severity is no candidate for an incident. */
const CANDIDATE = severityRank('medium');
const BATCH = 200;

/**
 * Creates group_edges (links inside a group, with reasons) and incident_members (every group that may be an incident;
 * investigation decides which are). Ids hold over runs: they come from a group's earliest finding.
 */
export async function groupFindings({ connection, progress }: AnalysisContext): Promise<void> {
  progress('Grouping findings', 0);
  const { findings, lineage } = await loadLinkables(connection);
  progress('Grouping findings', 0.3);
  const links = linkFindings(findings, lineage);
  const groups = formGroups(findings, links);
  const severity = new Map(findings.map((f) => [f.id, f.severity]));
  const candidates = groups.filter((group) => group.some((id) => (severity.get(id) ?? 0) >= CANDIDATE));
  const stable = stability(candidates, findings, links);
  progress('Grouping findings', 0.9);
  const incidentOf = new Map(
    candidates.flatMap((group) => group.map((id) => [id, incidentId(group)] as const)),
  );
  await connection.run(`
    CREATE OR REPLACE TABLE incident_members (incident_id VARCHAR, finding_id VARCHAR, stability DOUBLE);
    CREATE OR REPLACE TABLE group_edges (a VARCHAR, b VARCHAR, weight DOUBLE, reasons JSON)`);
  await insertMembers(
    connection,
    candidates.flatMap((group, i) => group.map((id) => [incidentId(group), id, stable[i] ?? 0] as const)),
  );
  const inside = (l: Link) => incidentOf.has(l.a) && incidentOf.get(l.a) === incidentOf.get(l.b);
  await insertLinks(
    connection,
    links.filter((l) => l.weight >= THRESHOLD_WITHOUT_CREDENTIALS && inside(l)),
  );
}

function incidentId(group: readonly string[]): string {
  return `inc-${createHash('sha256')
    .update(group[0] ?? '')
    .digest('hex')
    .slice(0, 12)}`;
}

async function insertMembers(
  connection: Connection,
  members: readonly (readonly [string, string, number])[],
): Promise<void> {
  for (let i = 0; i < members.length; i += BATCH) {
    const part = members.slice(i, i + BATCH);
    const params = Object.fromEntries<string | number>(
      part.flatMap(([incident, id, stable], k) => [
        [`i${k}`, incident],
        [`f${k}`, id],
        [`s${k}`, stable],
      ]),
    );
    await connection.run(
      `INSERT INTO incident_members VALUES ${part.map((_, k) => `($i${k}, $f${k}, $s${k})`).join(', ')}`,
      params,
    );
  }
}

function shownReasons({ reasons }: Link): string {
  return JSON.stringify(
    reasons.map(({ type, id, weight, gapSeconds }) => ({ type, id, weight, gapSeconds })),
  );
}

async function insertLinks(connection: Connection, links: readonly Link[]): Promise<void> {
  for (let i = 0; i < links.length; i += BATCH) {
    const part = links.slice(i, i + BATCH);
    const params = Object.fromEntries<string | number>(
      part.flatMap((l, k) => [
        [`a${k}`, l.a],
        [`b${k}`, l.b],
        [`w${k}`, l.weight],
        [`r${k}`, shownReasons(l)],
      ]),
    );
    await connection.run(
      `INSERT INTO group_edges VALUES ${part.map((_, k) => `($a${k}, $b${k}, $w${k}, CAST($r${k} AS JSON))`).join(', ')}`,
      params,
    );
  }
}
