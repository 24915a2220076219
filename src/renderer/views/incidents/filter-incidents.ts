import type { IncidentRow } from '../../../shared/contract/incidents';

/** The incidents that fit text, severity and tactic; an empty field fits all. */
export function filterIncidents(
  incidents: readonly IncidentRow[],
  filter: { readonly text: string; readonly severity: string; readonly tactic: string },
): readonly IncidentRow[] {
  const text = filter.text.trim().toLowerCase();
  return incidents.filter(
    (incident) =>
      (filter.severity === '' || incident.severity === filter.severity) &&
      (filter.tactic === '' || incident.tactics.includes(filter.tactic)) &&
      (text === '' ||
        [incident.title, incident.id, ...incident.accounts].join(' ').toLowerCase().includes(text)),
  );
}
