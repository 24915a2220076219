/** One file inside an archive. */
export interface Member {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** Why it is not unpacked, or null. */
  readonly refused: string | null;
  /** Its bytes; fails when the archive is damaged or the member is larger than it says. */
  read(): Promise<Buffer>;
  /** The same piece by piece, for a member that is too large to be held. */
  chunks(): AsyncGenerator<Buffer>;
}

export const MAX_TOTAL_BYTES = 1024 ** 4;
const MAX_NAME = 4096;
const MAX_DEPTH = 64;
export const MAX_MEMBERS = 2_000_000;

/** Why a member of this name is not unpacked; null when it is. `total` counts the bytes of all so far. */
export function refusalOf(name: string, total: number): string | null {
  const steps = name.split(/[/\\]/);
  if (steps.includes('..')) return 'a name that leads out of the archive';
  if (name.length > MAX_NAME || steps.length > MAX_DEPTH) return 'a name that is too long or too deep';
  if (total > MAX_TOTAL_BYTES) return `the archive unpacks to more than ${MAX_TOTAL_BYTES} bytes`;
  return null;
}

/** Stands for what of a damaged archive cannot be listed. */
export function unlisted(detail: string): Member {
  const fail = () => Promise.reject(new Error(detail));
  return {
    name: '(rest of the archive)',
    bytes: 0,
    modifiedMs: 0,
    refused: detail,
    read: fail,
    chunks: () => failing(fail),
  };
}

/** A stream of which nothing can be read. */
export async function* failing(fail: () => Promise<never>): AsyncGenerator<Buffer> {
  yield await fail();
}
