import type { JsonPlace } from '../evidence/originals/split-records';
import type { Window } from '../evidence/originals/windows';
import type { Source } from '../sources/source';
import type { Problem } from './problem';

/** What one file gives to one spool: its records of one source in one format. */
export interface SpoolLines {
  readonly source: Source;
  /** Field names of line records; empty for JSON. */
  readonly fields: readonly string[];
  /** Read once, when they are spooled. */
  readonly chunks: Iterable<Uint8Array>;
  /** Records in `chunks`; null when only the engine counts them. */
  readonly records: number | null;
  /** Bytes of the longest line in `chunks`. */
  readonly longestLine: number;
  /** Set when `chunks` are the original from its opening brace, which a prefix of so many bytes stands for: places are known. */
  readonly prefixBytes?: number;
}

/** The lines for the spools that one file gives, and what could not be read of it. */
export interface FileContent {
  /** One for each source and format in the file, the one with most records first. */
  readonly loads: readonly SpoolLines[];
  readonly problems: readonly Problem[];
  /** When there are no records: what it is. */
  readonly verdict: { readonly state: 'not-evidence' | 'context' | 'issue'; readonly what: string } | null;
  /** What was left out as context, in plain words; empty when nothing. */
  readonly note: string;
}

/** What a window of a text gave. */
export interface WindowContent {
  readonly loads: readonly SpoolLines[];
  readonly problems: readonly Problem[];
  /** Bytes that were read: the next window begins behind them. */
  readonly taken: number;
}

/** Reads the records of one text, which comes whole or in windows. */
export interface ContentReader {
  /** Pieces of the text so far, of which the records are numbered. */
  readonly recordNo: number;
  /** Where between records of a JSON text it stands; null for lines and tables. */
  readonly place: JsonPlace | null;
  read(window: Pick<Window, 'bytes' | 'shift' | 'isLast'>): WindowContent;
  /** After the last window. What the text is instead when it has no records; then only `problems` count. */
  end(): Pick<FileContent, 'verdict' | 'note'> & { readonly problems: readonly Problem[] | null };
}

/** Everything in a text that is held whole. */
export function wholeContent(reader: ContentReader, bytes: Buffer, shift: number | null): FileContent {
  const { loads, problems } = reader.read({ bytes, shift, isLast: true });
  const { problems: instead, ...end } = reader.end();
  return { loads, problems: instead ?? problems, ...end };
}
