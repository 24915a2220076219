import { quotedIdentifier, quotedString } from '../db/sql';

/** An evidence column and the fields of a line that can hold it, in order of preference. */
export type LineColumn = readonly [column: string, type: string, ...fields: string[]];

/** Column of the spooled line that holds, as a JSON list, the fields beyond the format's own. */
const FURTHER = 'more';

/** SQL of text columns of the lines of one format: what is asked for and is not there is NULL. */
export class LineFields {
  constructor(private readonly fields: readonly string[]) {}

  has(field: string): boolean {
    return this.fields.includes(field);
  }

  /** The text of the first of these fields that has one. */
  text(...names: readonly string[]): string {
    const found = names.filter((name) => this.has(name)).map(quotedIdentifier);
    return found.length === 0
      ? 'NULL::VARCHAR'
      : found.length === 1
        ? (found[0] as string)
        : `coalesce(${found.join(', ')})`;
  }

  /** `CAST(field AS TYPE) AS column, ...`; a value of another type is NULL. */
  columns(plan: readonly LineColumn[]): string {
    return plan
      .map(([column, type, ...fields]) => {
        const text = this.text(...fields);
        return `${type === 'VARCHAR' ? text : `TRY_CAST(${text} AS ${type})`} AS ${quotedIdentifier(column)}`;
      })
      .join(',\n  ');
  }

  /** Hash of the whole line. */
  hash(): string {
    return `hash(${this.fields.map(quotedIdentifier).join(', ')})`;
  }

  /** Fields that have no column, as a JSON object of texts with the further ones as `fields`; NULL when there is none. */
  extra(used: Iterable<string>): string {
    const own = new Set(used);
    const rest = this.fields.filter((field) => !own.has(field));
    if (rest.length === 0) return 'NULL::JSON';
    const parts = rest.map((field) =>
      field === FURTHER
        ? `'"fields":' || ${quotedIdentifier(field)}`
        : `${quotedString(`${JSON.stringify(field)}:`)} || to_json(${quotedIdentifier(field)})`,
    );
    return `CAST('{' || nullif(concat_ws(',', ${parts.join(', ')}), '') || '}' AS JSON)`;
  }
}

/** The fields that a plan reads. */
export function fieldsOf(plan: readonly LineColumn[]): string[] {
  return plan.flatMap(([, , ...fields]) => fields);
}

/** `address:port` of a field: its address, without the brackets of IPv6. */
export function addressOf(text: string): string {
  return `nullif(trim(regexp_replace(${text}, ':\\d+$', ''), '[]'), '')`;
}

/** `address:port` of a field: its port. */
export function portOf(text: string): string {
  return `TRY_CAST(nullif(regexp_extract(${text}, ':(\\d+)$', 1), '') AS INTEGER)`;
}
