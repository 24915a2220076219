/** Severities in ascending order, as the command line and the reports write them. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 0 (informational) to 4 (critical); for sorting and for taking a maximum. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
