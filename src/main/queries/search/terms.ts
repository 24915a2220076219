/** How a search text is understood. */
export type SearchTerm =
  /** `address` is the text of a single address, null for a block. */
  | {
      readonly kind: 'network';
      readonly first: number;
      readonly last: number;
      readonly address: string | null;
    }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'text'; readonly text: string };

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/;

/**
 * An IPv4 address or CIDR block is a range of integers; a text with * or ? is a pattern over whole values; anything
 * else is looked for inside values. Upper and lower case are the same.
 */
export function searchTerm(text: string): SearchTerm {
  const trimmed = text.trim();
  const network = networkOf(trimmed);
  if (network !== null) return network;
  if (/[*?]/.test(trimmed)) return { kind: 'pattern', pattern: likePattern(trimmed.toLowerCase()) };
  return { kind: 'text', text: trimmed.toLowerCase() };
}

function networkOf(text: string): SearchTerm | null {
  const match = IPV4.exec(text);
  if (!match) return null;
  const bytes = match.slice(1, 5).map(Number);
  const bits = match[5] === undefined ? 32 : Number(match[5]);
  if (bytes.some((byte) => byte > 255) || bits > 32) return null;
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const size = 2 ** (32 - bits);
  const first = Math.floor(address / size) * size;
  return { kind: 'network', first, last: first + size - 1, address: size === 1 ? bytes.join('.') : null };
}

/** `*` any text, `?` one character; everything else as it is, with a backslash before what LIKE would read. */
function likePattern(text: string): string {
  return text
    .replace(/[\\%_]/g, (c) => `\\${c}`)
    .replaceAll('*', '%')
    .replaceAll('?', '_');
}

/** SQL for the integer of IPv4 text, NULL for other text. */
export function integerOf(column: string): string {
  const parts = [1, 2, 3, 4].map((i) => `TRY_CAST(split_part(${column}, '.', ${i}) AS UBIGINT)`);
  const shift = [16_777_216, 65_536, 256, 1];
  return `CASE WHEN regexp_full_match(${column}, '\\d{1,3}(\\.\\d{1,3}){3}') THEN ${parts.map((p, i) => `${p} * ${shift[i] ?? 1}`).join(' + ')} END`;
}
