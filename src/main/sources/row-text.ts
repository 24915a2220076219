/** Deepest nesting that is followed. */
const MAX_DEPTH = 64;

/**
 * The value of a cell with a structured value: JSON as it is, Athena's and CloudTrail Lake's `{key=value, other=[...]}`
 * and Python's `{'key': 'value'}` as objects and lists of texts; any other text as it is.
 */
export function rowText(text: string): unknown {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return text;
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    return new RowReader(trimmed).whole() ?? text;
  }
}

class RowReader {
  private at = 0;

  constructor(private readonly text: string) {}

  /** The value of the whole text; undefined when it is in none of the notations. */
  whole(): unknown {
    const value = this.value(0);
    return this.at >= this.text.length ? value : undefined;
  }

  private value(depth: number): unknown {
    if (depth > MAX_DEPTH) return undefined;
    const c = this.text[this.at];
    if (c === '{') return this.object(depth);
    if (c === '[') return this.list(depth);
    if (c === "'") return this.quoted();
    return this.bare();
  }

  private object(depth: number): unknown {
    const out: [string, unknown][] = [];
    this.at += 1;
    this.space();
    while (this.text[this.at] !== '}') {
      const key = this.key();
      if (key === undefined) return undefined;
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      if (value !== null) out.push([key, value]);
      if (!this.separator('}')) return undefined;
    }
    this.at += 1;
    return Object.fromEntries(out);
  }

  private list(depth: number): unknown {
    const out: unknown[] = [];
    this.at += 1;
    this.space();
    while (this.text[this.at] !== ']') {
      const value = this.value(depth + 1);
      if (value === undefined) return undefined;
      out.push(value);
      if (!this.separator(']')) return undefined;
    }
    this.at += 1;
    return out;
  }

  /** `name=` or `'name': `. */
  private key(): string | undefined {
    const rest = this.text.slice(this.at, this.at + 300);
    const found = /^(?:'([^']*)'\s*:\s*|([\w.:/$@-]+)\s*=)/.exec(rest);
    if (!found) return undefined;
    this.at += found[0].length;
    return found[1] ?? found[2];
  }

  private quoted(): string | undefined {
    const close = this.text.indexOf("'", this.at + 1);
    if (close < 0) return undefined;
    const value = this.text.slice(this.at + 1, close);
    this.at = close + 1;
    return value;
  }

  /** Text up to where the next key, the next element or the end begins; its own commas and brackets belong to it. */
  private bare(): string | null {
    const from = this.at;
    let depth = 0;
    for (; this.at < this.text.length; this.at += 1) {
      const c = this.text[this.at];
      if (c === '{' || c === '[') depth += 1;
      else if (c === '}' || c === ']') {
        if (depth === 0) break;
        depth -= 1;
      } else if (c === ',' && depth === 0 && this.nextBegins()) break;
    }
    const value = this.text.slice(from, this.at);
    return value === 'null' || value === 'None' ? null : value;
  }

  private nextBegins(): boolean {
    return /^,\s*(?:[\w.:/$@-]+\s*=|'[^']*'\s*:|[^=]*\])/.test(this.text.slice(this.at, this.at + 300));
  }

  private separator(close: string): boolean {
    this.space();
    if (this.text[this.at] === close) return true;
    if (this.text[this.at] !== ',') return false;
    this.at += 1;
    this.space();
    return this.at < this.text.length;
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? 'x')) this.at += 1;
  }
}
