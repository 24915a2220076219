import type { Source } from '../sources/source';

/** What one file gives to one spool: its records of one source in one format. */
export interface SpoolLines {
  readonly source: Source;
  /** Field names of line records; empty for JSON. */
  readonly fields: readonly string[];
  readonly chunks: readonly Uint8Array[];
  /** Records in `chunks`; null when only the engine counts them. */
  readonly records: number | null;
  /** Bytes of the longest line in `chunks`. */
  readonly longestLine: number;
}
