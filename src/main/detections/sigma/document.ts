export type YamlMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A scalar as text; anything else is empty. */
export function text(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A scalar or a list of scalars as texts, without the empty ones. */
export function texts(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(text).filter((t) => t !== '');
}
