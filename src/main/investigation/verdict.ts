import { SEVERITIES, severityRank, type Severity } from '../../shared/model/severity';
import type { Told } from './answers';
import type { Strand } from './strand-score';

/** How likely a finding of each severity alone is to be hostile; the score takes them as independent. */
const P_BY_SEVERITY = [0.02, 0.05, 0.15, 0.4, 0.7];

/** Whether a group is more than a lone sign: a provider or a detector is sure, or medium findings of two tactics agree. */
export function carries(findings: readonly Told[]): boolean {
  const strong = findings.filter((f) => severityRank(f.severity as Severity) >= severityRank('medium'));
  const sure = strong.some(
    (f) =>
      severityRank(f.severity as Severity) >= severityRank('high') &&
      (f.provider !== 'coldtrail' || f.kind === 'statistical'),
  );
  return sure || (strong.length >= 2 && new Set(strong.map((f) => f.tactic)).size >= 2);
}

/** The worst finding, capped at medium while everything is a habit of its principal or only one or two tactics show and no provider agrees. */
export function judge(findings: readonly Told[], strands: readonly Strand[]): Severity {
  const worst = Math.max(...findings.map((f) => SEVERITIES.indexOf(f.severity as Severity)));
  const tactics = new Set(findings.map((f) => f.tactic).filter((t) => t !== '')).size;
  const providerHigh = findings.some(
    (f) => f.provider !== 'coldtrail' && severityRank(f.severity as Severity) >= severityRank('high'),
  );
  const habitual = strands.length > 0 && strands.every((s) => s.benign_days >= 3);
  const thin =
    tactics < 3 ||
    findings.filter((f) => severityRank(f.severity as Severity) >= severityRank('medium')).length < 3;
  const capped = (habitual || thin) && !providerHigh ? Math.min(worst, severityRank('medium')) : worst;
  const raised = !habitual && !thin && tactics >= 4 ? capped + 1 : capped;
  return SEVERITIES[Math.min(raised, SEVERITIES.length - 1)] ?? 'medium';
}

/** 0..100: the chance that at least one finding is hostile, raised by 5 % for each further tactic. */
export function scoreOf(findings: readonly Told[], tactics: number): number {
  const rest = findings.reduce(
    (product, f) => product * (1 - (P_BY_SEVERITY[severityRank(f.severity as Severity)] ?? 0)),
    1,
  );
  return Math.round(Math.min(100, 100 * (1 - rest) * (1 + 0.05 * Math.max(0, tactics - 1))) * 10) / 10;
}
