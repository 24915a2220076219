import { deepLink, parseDeepLink, type LinkedPlace } from '../../shared/model/deep-link';
import type { Client } from '../api/client';

const MOST_PLACES = 40;

/** Where the last run was: the case, its latest places as links, and which of them was on show. */
export interface Session {
  readonly path: string;
  readonly caseId: string;
  readonly places: readonly LinkedPlace[];
  readonly index: number;
}

export function saveSession(client: Client, { path, caseId, places, index }: Session): Promise<null> {
  const first = Math.max(0, Math.min(index - MOST_PLACES / 2, places.length - MOST_PLACES));
  const kept = places.slice(first, first + MOST_PLACES);
  const links = kept.map((place) => deepLink(caseId, place));
  return client.call('session/set', { text: JSON.stringify({ path, links, index: index - first }) });
}

export function forgetSession(client: Client): Promise<null> {
  return client.call('session/set', { text: '' });
}

/** The last session, or null when there is none that can be read. */
export async function loadSession(client: Client): Promise<Session | null> {
  try {
    const stored = JSON.parse((await client.call('session/get', null)) ?? '') as {
      path?: unknown;
      links?: unknown;
      index?: unknown;
    };
    const { path, links, index } = stored;
    if (typeof path !== 'string' || !Array.isArray(links) || typeof index !== 'number') return null;
    const parsed = links.map((link) => parseDeepLink(String(link)));
    const places = parsed.flatMap((link) => (link === null ? [] : [link.place]));
    const caseId = parsed[0]?.caseId;
    if (caseId === undefined || places.length !== links.length) return null;
    return { path, caseId, places, index: Math.max(0, Math.min(places.length - 1, Math.trunc(index))) };
  } catch {
    return null;
  }
}
