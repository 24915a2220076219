/**
 * Compiles a Sigma condition (`selection and not 1 of filter_*`, `all of them`, parentheses) over already compiled
 * parts. Every part is two-valued, so NOT is too. Errors (plain Error) name the word that does not fit.
 */
export function parseCondition(text: string, parts: ReadonlyMap<string, string>): string {
  const tokens = text.match(/\(|\)|[^\s()]+/g) ?? [];
  let at = 0;
  const peek = () => tokens[at]?.toLowerCase();
  const next = () => tokens[at++];

  function expression(): string {
    let left = conjunction();
    while (peek() === 'or') {
      next();
      left = `(${left} OR ${conjunction()})`;
    }
    return left;
  }
  function conjunction(): string {
    let left = factor();
    while (peek() === 'and') {
      next();
      left = `(${left} AND ${factor()})`;
    }
    return left;
  }
  function factor(): string {
    if (peek() === 'not') {
      next();
      return `(NOT ${factor()})`;
    }
    if (peek() === '(') {
      next();
      const inner = expression();
      if (next() !== ')') throw new Error('the condition lacks a closing parenthesis');
      return inner;
    }
    return term();
  }
  function term(): string {
    const word = next();
    if (word === undefined) throw new Error('the condition ends too early');
    if (peek() === 'of' && (word === '1' || word.toLowerCase() === 'any' || word.toLowerCase() === 'all')) {
      next();
      const pattern = next() ?? '';
      const chosen = [...parts].filter(([name]) => matches(name, pattern)).map(([, sql]) => sql);
      if (chosen.length === 0) throw new Error(`no part is called ${pattern}`);
      return `(${chosen.join(word.toLowerCase() === 'all' ? ' AND ' : ' OR ')})`;
    }
    const part = parts.get(word);
    if (part === undefined) throw new Error(`no part is called ${word}`);
    return part;
  }

  const sql = expression();
  if (at < tokens.length) throw new Error(`the condition goes on with ${tokens[at] ?? ''}`);
  return sql;
}

function matches(name: string, pattern: string): boolean {
  if (pattern === 'them') return !name.startsWith('_');
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(name);
}
