type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

/** The value of a stretch of JSON text, or why there is none. */
export function parseStretch(bytes: Buffer, start: number, end: number): Parsed {
  try {
    return { ok: true, value: JSON.parse(bytes.toString('utf8', start, end)) as unknown };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : 'bad JSON' };
  }
}
