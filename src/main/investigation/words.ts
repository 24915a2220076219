import { TACTICS } from '../../shared/model/tactic';
import type { Told } from './told';

/** `2025-06-18 09:29:56 UTC`: the form that a report with another zone finds and changes. */
export const clock = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

export const day = (iso: string) => iso.slice(0, 10);

export const span = (first: string, last: string) =>
  clock(first) === clock(last) ? clock(first) : `${clock(first)} to ${clock(last)}`;

export const tacticName = (slug: string) => TACTICS.find((t) => t.slug === slug)?.name ?? 'Other';

/** `a, b and c`; of a longer list the first ones and how many more. */
export function listed(words: readonly string[], most: number, more = 'more'): string {
  const shown = words.slice(0, most);
  const rest = words.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} ${rest === 1 ? more.replace(/s$/, '') : more}`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/** Names in logs can be as long as their writer wants. */
export const clip = (text: string, most = 160) =>
  text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;

/** A principal as a reader knows it: the resource part of its ARN, else itself. */
export const nameOf = (id: string) => clip(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:(.+)$/.exec(id)?.[1] ?? id);

const PROVIDERS: Readonly<Record<string, string>> = {
  guardduty: 'GuardDuty',
  'security-hub': 'Security Hub',
  inspector: 'Inspector',
  macie: 'Macie',
  'access-analyzer': 'Access Analyzer',
};
export const providerName = (provider: string) => PROVIDERS[provider] ?? provider;

/** A title without the full stop that providers put behind it. */
export const titleOf = (finding: Told) => clip(finding.title.replace(/[.\s]+$/, ''));

/** What a finding says beyond its title: a provider's description often begins with the title. */
export function detailsOf({ title, description }: Told): string {
  return description.startsWith(title) ? description.slice(title.length).replace(/^[.\s]+/, '') : description;
}

/** Title and details as sentences. */
export function sentencesOf(finding: Told): string {
  const details = detailsOf(finding);
  return `${titleOf(finding)}.${details === '' ? '' : ` ${details}`}`;
}

/** The items by a key, groups in the order in which they first come. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const out = new Map<string, T[]>();
  for (const item of items) {
    const group = out.get(keyOf(item));
    if (group) group.push(item);
    else out.set(keyOf(item), [item]);
  }
  return out;
}
