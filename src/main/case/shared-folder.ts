import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from './case-folder';

/** Names what a folder holds; written last, so that half a folder is none. */
export const SHARE_MANIFEST = 'coldtrail-share.json';
export type ShareKind = 'investigations' | 'rules';

const MIB = 1024 * 1024;
const MOST_FILES = 20_000;
const LARGEST_FILE = 16 * MIB;
const LARGEST_ALL = 256 * MIB;
/** Paths that mean the same on every system and stay below the folder. */
const PATH = /^[A-Za-z0-9_][\w.-]{0,99}(?:\/[A-Za-z0-9_][\w.-]{0,99}){0,3}$/;

const Manifest = v.object({
  schema: v.literal('coldtrail-share/1'),
  kind: v.picklist(['investigations', 'rules']),
  /** ISO time. */
  made: v.pipe(v.string(), v.maxLength(40)),
  /** The case that it comes from. */
  case: v.object({
    id: v.pipe(v.string(), v.maxLength(80)),
    name: v.pipe(v.string(), v.maxLength(500)),
  }),
  files: v.pipe(
    v.array(
      v.object({
        path: v.pipe(v.string(), v.regex(PATH)),
        bytes: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LARGEST_FILE)),
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      }),
    ),
    v.maxLength(MOST_FILES),
  ),
});

/** What was read from such a folder. */
export interface Shared {
  readonly case: { readonly id: string; readonly name: string };
  readonly made: string;
  /** Path below the folder -> text. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Writes files and their manifest into a folder that is new or empty. Errors: `share.occupied`.
 *
 * @param files path below the folder -> text
 */
export async function writeShared(
  folder: string,
  {
    kind,
    caseFolder,
    files,
    now,
  }: {
    readonly kind: ShareKind;
    readonly caseFolder: CaseFolder;
    readonly files: ReadonlyMap<string, string>;
    readonly now: string;
  },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new AppError('share.occupied', { path: folder });
  const listed = [];
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    await writeNew(join(folder, path), text);
    listed.push({ path, bytes: Buffer.byteLength(text), sha256: sha256(text) });
  }
  const { id, name } = caseFolder.info;
  const manifest: v.InferOutput<typeof Manifest> = {
    ...{ schema: 'coldtrail-share/1', kind, made: now, case: { id, name }, files: listed },
  };
  await writeNew(join(folder, SHARE_MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
}

/**
 * Reads a folder that somebody else made. Every file must be listed with its hash and be a plain file below the folder;
 * one that is not ends the reading, so that nothing is taken of a folder that is not as it was written. What is there
 * besides is not looked at. Errors: `share.refused`.
 */
export async function readShared(folder: string, kind: ShareKind): Promise<Shared> {
  const manifest = parsed(await readPlain(folder, SHARE_MANIFEST, LARGEST_FILE), folder);
  if (manifest.kind !== kind) refuse(folder, `it holds ${manifest.kind}, not ${kind}`);
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > LARGEST_ALL) refuse(folder, `${total} bytes are more than are taken`);
  const files = new Map<string, string>();
  for (const { path, bytes, sha256: expected } of manifest.files) {
    if (files.has(path)) refuse(folder, `${path} is listed twice`);
    const text = await readPlain(folder, path, bytes);
    if (sha256(text) !== expected) refuse(folder, `${path} is not as it was written`);
    files.set(path, text);
  }
  return { case: manifest.case, made: manifest.made, files };
}

function parsed(text: string, folder: string): v.InferOutput<typeof Manifest> {
  try {
    return v.parse(Manifest, JSON.parse(text));
  } catch (error) {
    return refuse(folder, `${SHARE_MANIFEST}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The text of a plain file of at most so many bytes; neither it nor a folder above it may be a link. */
async function readPlain(folder: string, path: string, most: number): Promise<string> {
  let at = folder;
  const steps = path.split('/');
  for (const step of steps.slice(0, -1)) {
    at = join(at, step);
    const found = await lstat(at).catch(() => null);
    if (found?.isDirectory() !== true) refuse(folder, `${path} is not there`);
  }
  const full = join(folder, path);
  // A pipe or device would keep whoever opens it.
  const found = await lstat(full).catch(() => null);
  if (found?.isFile() !== true) refuse(folder, `${path} is no plain file`);
  const handle = await open(full, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error: unknown) =>
    refuse(folder, `${path}: ${error instanceof Error ? error.message : String(error)}`),
  );
  try {
    const { size } = await handle.stat();
    if (size > most) refuse(folder, `${path} is larger than was written`);
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function refuse(path: string, detail: string): never {
  throw new AppError('share.refused', { path, detail });
}
