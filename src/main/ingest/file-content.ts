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
