import type { Token } from './rule';

/**
 * Splits a Sigma text into literals and wildcards. A backslash escapes `*`, `?` and itself; before anything else it
 * is a plain character (Sigma specification 2.1, "Escaping").
 */
export function parsePattern(text: string): Token[] {
  const tokens: Token[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') tokens.push(literal);
    literal = '';
  };
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (c === '\\' && /[*?\\]/.test(text.charAt(i + 1))) {
      literal += text.charAt(i + 1);
      i += 1;
    } else if (c === '*' || c === '?') {
      flush();
      tokens.push({ wild: c === '*' ? 'any' : 'one' });
    } else literal += c;
  }
  flush();
  return tokens;
}

/** The text of a pattern without wildcards, or null. */
export function literalOf(tokens: readonly Token[]): string | null {
  if (tokens.length === 0) return '';
  const [first] = tokens;
  return tokens.length === 1 && typeof first === 'string' ? first : null;
}

/** True for `*` alone: any text that is there. */
export function isAnything(tokens: readonly Token[]): boolean {
  return tokens.length > 0 && tokens.every((t) => typeof t !== 'string' && t.wild === 'any');
}
