import { createHash } from 'node:crypto';
import { severityRank } from '../../shared/model/severity';
import type { AnalysisContext } from '../case/analysis-context';
import { formGroups, THRESHOLD_WITHOUT_CREDENTIALS } from './form-groups';
import { linkFindings, type Link } from './link-findings';
import { loadLinkables } from './linkable';
import { stability } from './stability';

/** A group without a finding of this severity is no candidate for an incident. */
const CANDIDATE = severityRank('medium');

const INSERT_MEMBERS = `
  INSERT INTO incident_members
  SELECT unnest(from_json($rows, '[{"incident": "VARCHAR", "finding": "VARCHAR", "standing": "VARCHAR", "stability": "DOUBLE"}]'), recursive := true)`;
const INSERT_LINKS = `
  INSERT INTO group_edges
  SELECT unnest(from_json($rows, '[{"a": "VARCHAR", "b": "VARCHAR", "weight": "DOUBLE", "reasons": "JSON"}]'), recursive := true)`;

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
  const standing = new Map(findings.map((f) => [f.id, f.hand?.standing ?? null]));
  const stable = stability(candidates, findings, links);
  progress('Grouping findings', 0.9);
  const incidentOf = new Map(
    candidates.flatMap((group) => group.map((id) => [id, incidentId(group)] as const)),
  );
  await connection.run(`
    CREATE OR REPLACE TABLE incident_members (incident_id VARCHAR, finding_id VARCHAR, standing VARCHAR, stability DOUBLE);
    CREATE OR REPLACE TABLE group_edges (a VARCHAR, b VARCHAR, weight DOUBLE, reasons JSON)`);
  await connection.run(INSERT_MEMBERS, {
    rows: JSON.stringify(
      candidates.flatMap((group, i) =>
        group.map((id) => ({
          incident: incidentId(group),
          finding: id,
          standing: standing.get(id) ?? null,
          stability: stable[i] ?? 0,
        })),
      ),
    ),
  });
  const inside = (l: Link) => incidentOf.has(l.a) && incidentOf.get(l.a) === incidentOf.get(l.b);
  const shown = links.filter((l) => l.weight >= THRESHOLD_WITHOUT_CREDENTIALS && inside(l));
  await connection.run(INSERT_LINKS, {
    rows: JSON.stringify(
      shown.map(({ a, b, weight, reasons }) => ({ a, b, weight, reasons: reasons.map(told) })),
    ),
  });
}

/** A reason as it is kept: without its age, which only reweighing needs. */
function told({ type, id, weight, gapSeconds }: Link['reasons'][number]) {
  return { type, id, weight, gapSeconds };
}

function incidentId(group: readonly string[]): string {
  return `inc-${createHash('sha256')
    .update(group[0] ?? '')
    .digest('hex')
    .slice(0, 12)}`;
}
