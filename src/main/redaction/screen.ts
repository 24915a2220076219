import { deepLink, parseDeepLink } from '../../shared/model/deep-link';
import { outgoing, type Outgoing } from './outgoing';
import type { Disguise } from './redactor';

/** A page on which names are hidden: what it is shown, and what it means by what it asks. */
export interface Screen {
  /** Pseudonyms in place of names, secrets masked. */
  readonly shown: Outgoing;
  /** Names in place of the pseudonyms that were shown. */
  readonly meant: <T>(value: T) => T;
}

const LINK = /coldtrail:\/\/case\/[^\s"'<>()[\]\\]+/g;
/** Whole texts that are remembered as they were shown, and how long they may be. */
const MOST_WHOLE = 200_000;
const LONGEST_WHOLE = 2000;

/**
 * Hides names from a page that sends back what it was shown: ids of entities, paths, links, its own session. A text that
 * comes back whole becomes exactly what it was; of any other its pseudonyms are replaced one by one.
 */
export function screenOf({ redact, restore }: Disguise): Screen {
  const whole = new Map<string, string>();
  const remember = (shown: string, text: string): string => {
    if (shown !== text && shown.length <= LONGEST_WHOLE && whole.size < MOST_WHOLE && !whole.has(shown))
      whole.set(shown, text);
    return shown;
  };
  const shownPart = (text: string): string => remember(redact(text), text);
  const meantPart = (text: string): string => whole.get(text) ?? restore(text);
  return {
    shown: outgoing((text) => remember(redact(linksChanged(text, shownPart)), text)),
    meant: <T>(value: T) =>
      texts(value, (text) => whole.get(text) ?? restore(linksChanged(text, meantPart))) as T,
  };
}

function linksChanged(text: string, change: (part: string) => string): string {
  return text.includes('coldtrail://') ? text.replace(LINK, (link) => inLink(link, change)) : text;
}

/** What a link names is encoded: its parts are changed one by one. What is no link of ours stays. */
function inLink(link: string, change: (text: string) => string): string {
  const parsed = parseDeepLink(link);
  if (parsed === null) return link;
  const { view, params, scope } = parsed.place;
  const changed = Object.entries(params).map(([name, value]) => [name, change(value)] as const);
  return deepLink(parsed.caseId, { view, params: Object.fromEntries(changed), scope });
}

function texts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((inner) => texts(inner, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, texts(inner, change)]));
}
