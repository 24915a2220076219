import { TACTICS } from '../../shared/model/tactic';

const names = new Map<string, string>(TACTICS.map((tactic) => [tactic.slug, tactic.name]));

/** Name of a tactic; an unknown slug stays as it is. */
export function tacticName(slug: string): string {
  return names.get(slug) ?? slug;
}
