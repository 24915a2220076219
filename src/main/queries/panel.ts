import type { Connection, Params, QueryOptions } from '../db/database';
import { quotedString } from '../db/sql';

/**
 * A question as SQL with named values. What a panel shows can be run by the reader: `shown` is the same text with the
 * values written in, and gives the same rows in the SQL console.
 */
export class Panel {
  readonly params: Params;

  /** `params` may hold values that this text does not name. */
  constructor(
    readonly text: string,
    params: Params,
  ) {
    this.params = Object.fromEntries(Object.entries(params).filter(([name]) => mentions(text, name)));
  }

  rows<T extends object>(connection: Connection, options: QueryOptions = {}): Promise<T[]> {
    return connection.rows<T>(this.text, this.params, options);
  }

  row<T extends object>(connection: Connection, options: QueryOptions = {}): Promise<T> {
    return connection.row<T>(this.text, this.params, options);
  }

  get shown(): string {
    const names = Object.keys(this.params);
    if (names.length === 0) return this.text.trim();
    return this.text
      .replace(new RegExp(`\\$(${names.join('|')})\\b`, 'g'), (_, name: string) =>
        literal(this.params[name] ?? null),
      )
      .trim();
  }
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`\\$${name}\\b`).test(text);
}

function literal(value: Params[string] | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? quotedString(value) : String(value);
}
