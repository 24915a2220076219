import { maskSecrets } from './mask-secrets';
import type { Redact } from './redactor';

/** Makes a value fit to leave: secrets masked in every text, names replaced when there is a redactor. Keys stay. */
export type Outgoing = <T>(value: T) => T;

export function outgoing(redact: Redact | null): Outgoing {
  const seen = new Map<string, string>();
  const text = (value: string): string => {
    // Ids and times repeat by the thousand.
    const known = value.length <= 200 ? seen.get(value) : undefined;
    if (known !== undefined) return known;
    const masked = maskSecrets(value);
    const fit = redact ? redact(masked) : masked;
    if (value.length <= 200 && seen.size < 100_000) seen.set(value, fit);
    return fit;
  };
  const any = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(any);
    if (value !== null && typeof value === 'object')
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, any(inner)]));
    return value;
  };
  return <T>(value: T) => any(value) as T;
}
