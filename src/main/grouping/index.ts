import { createHash } from 'node:crypto';
import { severityRank } from '../../shared/model/severity';
import type { AnalysisContext } from '../case/analysis-context';
import { loadDecisions } from './decisions';
import { formGroups, THRESHOLD_WITHOUT_CREDENTIALS, USUAL } from './form-groups';
import { withJoins } from './heed';
import { createFindingCalls, createHands } from './hands';
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

type GroupingContext = Pick<AnalysisContext, 'connection' | 'progress'>;

/** Creates hands, and what regroupFindings creates. */
export async function groupFindings(context: GroupingContext): Promise<void> {
  await createFindingCalls(context.connection);
  await createHands(context.connection);
  await formIncidents(context);
}

/** Groups again where everything but the analysts' decisions is as it was: `hands` is there. */
export async function regroupFindings(context: GroupingContext): Promise<void> {
  await createFindingCalls(context.connection);
  await formIncidents(context);
}

/**
 * Creates group_edges (links inside a group, with reasons) and incident_members (every group that may be an incident;
 * investigation decides which are). Ids hold over runs: they come from a group's earliest finding. Reads the table
 * annotations, in which analysts join findings and keep them apart.
 */
async function formIncidents({ connection, progress }: GroupingContext): Promise<void> {
  progress('Grouping findings', 0);
  const { findings, lineage } = await loadLinkables(connection);
  progress('Grouping findings', 0.3);
  const links = linkFindings(findings, lineage);
  const decisions = await loadDecisions(connection);
  const groups = formGroups(findings, links, USUAL, decisions);
  const severity = new Map(findings.map((f) => [f.id, f.severity]));
  const candidates = groups.filter((group) => group.some((id) => (severity.get(id) ?? 0) >= CANDIDATE));
  const standing = new Map(findings.map((f) => [f.id, f.hand?.standing ?? null]));
  const stable = stability(candidates, findings, links, decisions);
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
  const shown = withJoins(links, decisions).filter(
    (l) => l.weight >= THRESHOLD_WITHOUT_CREDENTIALS && inside(l),
  );
  await connection.run(INSERT_LINKS, {
    rows: JSON.stringify(
      shown.map(({ a, b, weight, reasons }) => ({
        a,
        b,
        weight: Math.min(1, weight),
        reasons: reasons.map(told),
      })),
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
