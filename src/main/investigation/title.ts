import type { Told } from './told';
import type { Entry } from './strand-score';

/** One line that names whose credentials were used, from where, and how far it went. */
export function titleOf(findings: readonly Told[], entry: Entry | null, tactics: readonly string[]): string {
  const last = tactics.at(-1)?.replaceAll('-', ' ');
  const who = entry ? (entry.chosen.principal.split(':').pop() ?? entry.chosen.principal) : null;
  if (entry && who)
    return entry.chosen.later_network && entry.chosen.benign_days === 0
      ? `Credentials of ${who} used from ${entry.chosen.source_ip}, up to ${last ?? 'discovery'}`
      : `Activity of ${who} from ${entry.chosen.source_ip}, up to ${last ?? 'discovery'}`;
  return findings[0]?.title ?? 'Findings that belong together';
}
