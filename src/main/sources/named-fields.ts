import { flow } from '../evidence/originals/line-format';
import type { LineFormat } from '../evidence/originals/line-format';

type Row = Readonly<Record<string, unknown>>;

/** The field of a document format that holds the members of a record that are no field, as JSON. */
const FURTHER = 'more';

/** How records of a line log that come as objects are spooled: with these fields, and the further members as JSON. */
export function documentFormat(source: string, fields: readonly string[]): LineFormat {
  return { ...flow([...fields, FURTHER]), source, cut: 'tabs', least: 0 };
}

/**
 * Reads a record of a line log that came as an object (a row of Athena, a vended log in JSON) by the letters of its names:
 * `cs_user_agent` is `cs(User-Agent)`. `aliases` are names by their letters that differ in more. Empty texts and `-` are
 * nothing; members that are no field are kept.
 */
export function namedFields(
  fields: readonly string[],
  aliases: Readonly<Record<string, string>>,
): (row: Row) => Readonly<Record<string, string>> {
  const byLetters = new Map(fields.map((field): [string, string] => [lettersOf(field), field]));
  for (const [letters, field] of Object.entries(aliases)) byLetters.set(letters, field);
  return (row) => {
    const out: Record<string, string> = {};
    const further: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(row)) {
      const field = byLetters.get(lettersOf(key));
      if (value === null || value === undefined || value === '' || value === '-') continue;
      if (field === undefined || field in out || typeof value === 'object') further[key] = value;
      else out[field] = typeof value === 'string' ? value : JSON.stringify(value);
    }
    if (Object.keys(further).length > 0) out[FURTHER] = JSON.stringify(further);
    return out;
  };
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
