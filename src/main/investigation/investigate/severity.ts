import type { Investigation } from '../../../shared/contract/investigation';
import { SEVERITIES, severityRank } from '../../../shared/model/severity';
import type { TtpRow } from './ttp-row';

/** Roles in an incident that make its severity the entity's own. */
const ACTS = new Set(['actor', 'credential', 'address']);

interface Known extends Pick<Investigation, 'indicators' | 'unusual'> {
  readonly rows: readonly TtpRow[];
  readonly groups: Investigation['relatedGroups'];
}

/** The worst of its findings, raised to that of an incident in which it acts; and why. */
export function severityOf({
  rows,
  groups,
  indicators,
  unusual,
}: Known): Pick<Investigation, 'severity' | 'severityReasons'> {
  const worst = [...rows].sort((a, b) => severityRank(b.severity) - severityRank(a.severity))[0];
  const acting = groups.filter((g) => ACTS.has(g.role));
  const rank = Math.max(
    0,
    ...rows.map((r) => severityRank(r.severity)),
    ...acting.map((g) => severityRank(g.severity)),
  );
  const reasons: string[] = [];
  if (worst)
    reasons.push(
      `the most severe of ${rows.length} findings that name it: ${worst.title} (${worst.severity})`,
    );
  for (const { title, severity, role } of acting.slice(0, 2))
    reasons.push(`${role} in an incident of severity ${severity}: ${title}`);
  const flagged = indicators.filter((i) => i.type === 'FLAGGED_IP_ADDRESS').length;
  if (flagged > 0) reasons.push(`${flagged} of its addresses flagged`);
  const travels = indicators.filter((i) => i.type === 'IMPOSSIBLE_TRAVEL').length;
  if (travels > 0) reasons.push(`${travels} impossible journeys`);
  if (unusual.length > 0)
    reasons.push(`${unusual.length} hours far from what the days before lead to expect`);
  if (reasons.length === 0) reasons.push('no finding names this entity in this time');
  return { severity: SEVERITIES[rank] ?? 'informational', severityReasons: reasons };
}
