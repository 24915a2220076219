/**
 * A citation: the record that proves a sentence. `file` is the path of the original as opened (archive members as
 * `archive.zip!member`), `recordNo` counts from 1 in file order, `sha256` is the hash of the original file.
 * `kind` is the evidence source id (cloudtrail, vpc-flow, guardduty).
 */
export interface Exhibit {
  readonly n: number;
  readonly kind: string;
  readonly file: string;
  readonly recordNo: number;
  readonly eventId: string | null;
  readonly sha256: string;
}

/** A sentence of an answer with the exhibit numbers it rests on. */
export interface CitedText {
  readonly text: string;
  readonly exhibits: readonly Exhibit[];
}

/** A step to take: why, the commands with names filled in (shown, never run), and what it rests on. */
export interface CitedAction extends CitedText {
  readonly commands: readonly string[];
  readonly phase: 'preserve' | 'contain' | 'eradicate' | 'recover' | 'prevent';
}
