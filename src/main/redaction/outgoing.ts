import { isSecretName, maskNamed, maskSecrets } from '../../shared/text/mask-secrets';
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
    if (value === null || typeof value !== 'object') return value;
    if (isTable(value))
      return { ...value, columns: value.columns.map((c, i) => any(named(value.names[i], c))) };
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, any(named(name, inner))]));
  };
  return <T>(value: T) => any(value) as T;
}

/** A value with the secrets masked that only its name tells. */
function named(name: unknown, value: unknown): unknown {
  if (typeof name !== 'string' || !isSecretName(name)) return value;
  const one = (inner: unknown) => (typeof inner === 'string' ? maskNamed(name, inner) : inner);
  return Array.isArray(value) ? value.map(one) : one(value);
}

function isTable(
  value: object,
): value is { readonly names: readonly unknown[]; readonly columns: readonly unknown[] } {
  return 'names' in value && 'columns' in value && Array.isArray(value.names) && Array.isArray(value.columns);
}
