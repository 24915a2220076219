/** `"name"` with inner quotes doubled. */
export function quotedIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `'text'` with inner quotes doubled, for places where DuckDB takes no parameter (file lists, COPY targets). */
export function quotedString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `['a', 'b']` of quoted strings. */
export function quotedList(texts: readonly string[]): string {
  return `[${texts.map(quotedString).join(', ')}]`;
}
