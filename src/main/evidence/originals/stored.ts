import { readFile, stat } from 'node:fs/promises';
import { openArchive } from './archive';
import { fileChunks } from './chunks';

/** Separates an archive from the name of its member in `files.path`. */
export const MEMBER_MARK = '!';

/** The stored bytes of a file or archive member by its path in `files`; null when it is away. */
export async function readStored(path: string): Promise<Buffer | null> {
  const whole = await readFile(path).catch(() => null);
  if (whole) return whole;
  const archive = await fileOf(path);
  return archive === null ? null : readMember(archive, path.slice(archive.length + 1));
}

/** The file on disk that a path in `files` lies in: itself, or the archive around it; null when it is away. */
export async function fileOf(path: string): Promise<string | null> {
  const isFile = (file: string) =>
    stat(file).then(
      (info) => info.isFile(),
      () => false,
    );
  if (await isFile(path)) return path;
  for (let mark = path.indexOf(MEMBER_MARK); mark >= 0; mark = path.indexOf(MEMBER_MARK, mark + 1)) {
    const archive = path.slice(0, mark);
    if (await isFile(archive)) return archive;
  }
  return null;
}

/** The same piece by piece. Fails when it is away. */
export async function* storedChunks(path: string): AsyncGenerator<Buffer> {
  const file = await fileOf(path);
  if (file === null) throw new Error('it is not there any more');
  if (file === path) yield* fileChunks(path);
  else yield* memberChunks(file, path.slice(file.length + 1));
}

async function* memberChunks(source: string, name: string): AsyncGenerator<Buffer, void> {
  const archive = await openArchive(source).catch(() => null);
  try {
    for await (const member of archive?.members ?? []) {
      if (member.refused !== null) continue;
      if (member.name === name) {
        yield* member.chunks();
        return;
      }
      if (!name.startsWith(member.name + MEMBER_MARK)) continue;
      const bytes = await member.read().catch(() => null);
      const inner = bytes ? await readMember(bytes, name.slice(member.name.length + 1)) : null;
      if (inner) {
        yield inner;
        return;
      }
    }
    throw new Error('it is not in the archive any more');
  } finally {
    archive?.close();
  }
}

/** A member by name, or a member of an archive inside the archive. */
async function readMember(source: string | Buffer, name: string): Promise<Buffer | null> {
  const archive = await openArchive(source).catch(() => null);
  if (!archive) return null;
  try {
    for await (const member of archive.members) {
      if (member.refused !== null) continue;
      if (member.name === name) return await member.read().catch(() => null);
      if (!name.startsWith(member.name + MEMBER_MARK)) continue;
      const bytes = await member.read().catch(() => null);
      const inner = bytes ? await readMember(bytes, name.slice(member.name.length + 1)) : null;
      if (inner) return inner;
    }
    return null;
  } finally {
    archive.close();
  }
}
