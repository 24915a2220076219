import { literalOf, parsePattern } from './pattern';
import { RuleProblem } from './rule';

type Encoding = 'utf16le' | 'utf16be' | 'utf16' | null;

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  utf16le: 'utf16le',
  wide: 'utf16le',
  utf16be: 'utf16be',
  utf16: 'utf16',
};

/**
 * What a text can look like after the value modifiers windash, utf16/wide, base64 and base64offset: one or several
 * alternatives. Errors: RuleProblem when the chain makes no text.
 */
export function encodedTexts(text: string, modifiers: readonly string[]): string[] {
  const dashed = modifiers.includes('windash') ? withDashes(text) : [text];
  const encoding = modifiers.map((m) => ENCODINGS[m]).find((e) => e !== undefined) ?? null;
  const offset = modifiers.includes('base64offset');
  if (!offset && !modifiers.includes('base64')) {
    if (encoding !== null)
      throw new RuleProblem(['utf16 and wide make bytes, not text: base64 has to follow']);
    return dashed;
  }
  return dashed.flatMap((t) => {
    const literal = literalOf(parsePattern(t));
    if (literal === null) throw new RuleProblem(['base64 of a text with wildcards is no text']);
    const bytes = encoded(literal, encoding);
    return offset ? base64AtOffsets(bytes) : [bytes.toString('base64')];
  });
}

function encoded(text: string, encoding: Encoding): Buffer {
  if (encoding === null) return Buffer.from(text, 'utf8');
  const little = Buffer.from(text, 'utf16le');
  if (encoding === 'utf16le') return little;
  if (encoding === 'utf16be') return Buffer.from(little).swap16();
  return Buffer.concat([Buffer.from([0xff, 0xfe]), little]);
}

/** The part of the base64 text that does not depend on what stands before or after, for each of the 3 alignments. */
function base64AtOffsets(bytes: Buffer): string[] {
  const start = [0, 2, 3];
  const end = [undefined, -3, -2];
  const texts = [0, 1, 2].map((i) =>
    Buffer.concat([Buffer.alloc(i, 0x20), bytes])
      .toString('base64')
      .slice(start[i], end[(bytes.length + i) % 3]),
  );
  if (texts.includes('')) throw new RuleProblem(['base64offset needs a longer text']);
  return texts;
}

const DASHES = ['-', '/', '\u2013', '\u2014', '\u2015'];

/**
 * The text with each kind of dash that Windows commands take at the start of an option, every option by itself:
 * `-a -b` is also `/a -b`. Beyond four options all change together.
 */
function withDashes(text: string): string[] {
  const pieces = text.split(/(?<![\w])[-/](?=\w)/);
  const written = [...text.matchAll(/(?<![\w])[-/](?=\w)/g)].map(([dash]) => dash);
  const kinds = written.length > 4 ? null : written.map((dash) => [...new Set([dash, ...DASHES])]);
  if (kinds === null) return [...new Set([text, ...DASHES.map((dash) => pieces.join(dash))])];
  return kinds.reduce<string[]>(
    (texts, dashes, i) => texts.flatMap((t) => dashes.map((dash) => t + dash + (pieces[i + 1] ?? ''))),
    [pieces[0] ?? ''],
  );
}
