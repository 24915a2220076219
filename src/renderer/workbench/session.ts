import { deepLink, parseDeepLink } from '../../shared/model/deep-link';
import type { Client } from '../api/client';
import type { KeptDesk } from './desk.svelte';
import type { Steps } from './navigation.svelte';

/** Steps kept of a tab; fewer where all of them together would be too long. */
const MOST_STEPS = [40, 10, 1];
/** What the application keeps, in characters. */
const LONGEST = 400_000;

/** Where the last run was: the case, and its tabs with their latest places. */
export interface Session {
  readonly path: string;
  readonly caseId: string;
  readonly desk: KeptDesk;
}

interface StoredTab {
  readonly links: readonly string[];
  readonly index: number;
}

export async function saveSession(client: Client, { path, caseId, desk }: Session): Promise<void> {
  for (const most of MOST_STEPS) {
    const sides = desk.sides.map(({ tabs, front }) => ({
      tabs: tabs.map((steps) => stored(steps, most, caseId)),
      front,
    }));
    const text = JSON.stringify({ path, sides, focused: desk.focused });
    if (text.length > LONGEST) continue;
    await client.call('session/set', { text });
    return;
  }
}

/** The latest steps around the one on show, as links. */
function stored({ places, index }: Steps, most: number, caseId: string): StoredTab {
  const first = Math.max(0, Math.min(index - Math.floor(most / 2), places.length - most));
  const links = places.slice(first, first + most).map((place) => deepLink(caseId, place));
  return { links, index: index - first };
}

export function forgetSession(client: Client): Promise<null> {
  return client.call('session/set', { text: '' });
}

/** The last session, or null when there is none that can be read. */
export async function loadSession(client: Client): Promise<Session | null> {
  try {
    const kept = JSON.parse((await client.call('session/get', null)) ?? '') as Record<string, unknown>;
    const { path, sides, focused } = kept;
    if (typeof path !== 'string' || !Array.isArray(sides) || typeof focused !== 'number') return null;
    const cases = new Set<string>();
    const desk = {
      sides: (sides as { tabs: StoredTab[]; front: number }[]).map(({ tabs, front }) => ({
        tabs: tabs.map((tab) => stepsOf(tab, cases)),
        front: Math.trunc(front),
      })),
      focused: Math.trunc(focused),
    };
    const [caseId] = cases;
    return caseId === undefined || cases.size > 1 ? null : { path, caseId, desk };
  } catch {
    return null;
  }
}

/** Throws for anything that is not a tab of this program. */
function stepsOf({ links, index }: StoredTab, cases: Set<string>): Steps {
  const places = links.map((link) => {
    const parsed = parseDeepLink(link);
    if (parsed === null) throw new TypeError('not a link');
    cases.add(parsed.caseId);
    return parsed.place;
  });
  return { places, index: Math.max(0, Math.min(places.length - 1, Math.trunc(index))) };
}
