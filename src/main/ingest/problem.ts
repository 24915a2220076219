/** Something that could not be read: a row of `issues`. */
export interface Problem {
  readonly code: string;
  /** 1-based place among the records of the file; null when it concerns the file. */
  readonly recordNo: number | null;
  /** Place in the decompressed original, in bytes. */
  readonly offset: number | null;
  readonly detail: string;
  readonly sample: string;
}

export const SAMPLE_LENGTH = 500;

/** A problem of a file as a whole. */
export function fileProblem(code: string, detail: string): Problem {
  return { code, recordNo: null, offset: null, detail, sample: '' };
}
