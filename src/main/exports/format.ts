import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import type { Outgoing } from '../redaction/outgoing';
import type { ExportRecord } from './records';
import type { ExportSource } from './source';

export interface ExportContext {
  readonly source: ExportSource;
  /** The records of the incidents in time order, page by page; may be asked once. */
  readonly records: () => AsyncIterable<readonly ExportRecord[]>;
  readonly connection: Connection;
  readonly caseFolder: CaseFolder;
  readonly outgoing: Outgoing;
}

type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/** One way to write a case down. A format either gives its bytes in pieces or writes the file itself. */
export interface ExportFormat {
  readonly name: string;
  /** With the dot. */
  readonly extension: string;
  /** One line: for what. */
  readonly summary: string;
  readonly write:
    | ((context: ExportContext) => Pieces)
    | { readonly toFile: (context: ExportContext, path: string) => Promise<void> };
}
