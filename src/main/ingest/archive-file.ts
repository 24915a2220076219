import { archiveKind, headOf, openArchive, type Archive } from '../evidence/originals/archive';
import { isListed, listed, streamed } from './archive-members';
import type { FoundFile } from './discover';
import { finish, NOTHING, type Outcome, type Reader } from './file-outcome';
import { fileProblem } from './problem';
import type { Problem } from './problem';
import { hashFile } from './writer';

/** Archives of this size on disk are read from there. */
export const LARGE = 8 * 1024 ** 2;
/** Deepest archive inside an archive whose members are read. */
const MAX_DEPTH = 2;
const OFFICE = /^(?:\[Content_Types\]\.xml|META-INF\/MANIFEST\.MF|AndroidManifest\.xml|mimetype)$/;

/** The hash of an archive on disk that is too large to be held in memory; null for any other file. */
export async function largeArchive(found: FoundFile): Promise<string | null> {
  if (found.depth > 0 || found.bytes < LARGE) return null;
  return archiveKind(await headOf(found.path)) === null ? null : hashFile(found.path);
}

/** An archive is context; what it holds is looked at file by file. `source` is where its bytes are: on disk or in memory. */
export async function readArchive(
  reader: Reader,
  { found, sha256, problems }: { found: FoundFile; sha256: string; problems: readonly Problem[] },
  source: string | Buffer,
): Promise<Outcome> {
  const draft = { found, sha256, source: null, problems: [...problems] };
  const known = reader.isKnown(found.path, sha256);
  const failed = (code: string, detail: string) =>
    finish(reader, {
      ...draft,
      state: 'issue',
      reason: detail,
      problems: [...problems, fileProblem(code, detail)],
    });
  if (found.depth >= MAX_DEPTH)
    return failed('archive.refused', `an archive ${found.depth} archives deep is not unpacked`);
  let archive: Archive | null;
  try {
    archive = await openArchive(source);
  } catch (error) {
    return failed('archive.damaged', error instanceof Error ? error.message : String(error));
  }
  if (!archive) return failed('archive.damaged', 'the archive cannot be opened');
  const { members, kind } = archive;
  if (!isListed(members)) {
    const reason = `${kind} archive, its files listed one by one`;
    const outcome = known ? NOTHING : finish(reader, { ...draft, state: 'context', reason });
    return { ...outcome, members: streamed(found, members), archive };
  }
  if (members.some((member) => OFFICE.test(member.name))) {
    archive.close();
    return known
      ? NOTHING
      : finish(reader, { ...draft, state: 'not-evidence', reason: 'office document or program package' });
  }
  const reason = `${kind} archive of ${members.length} files, listed one by one`;
  const outcome = known ? NOTHING : finish(reader, { ...draft, state: 'context', reason });
  return { ...outcome, members: listed(found, members), archive };
}
