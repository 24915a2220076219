import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { ownLocationFiles } from '../baselines/geography/own-files';
import { ACTION_LOG, RULES, type CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import { hashFile } from '../ingest/writer';
import { INDICATORS } from '../indicators/store';
import { INVESTIGATIONS } from '../investigation/saved/store';
import { readLog } from './action-log';

export interface SealedFile {
  /** Below the case, or as named when `place` is beside. */
  readonly path: string;
  readonly place: 'case' | 'beside';
  readonly sha256: string;
}

export interface Seal {
  readonly schema: 'coldtrail-seal/1';
  readonly case: { readonly id: string; readonly name: string };
  readonly tool: { readonly name: string; readonly version: string };
  readonly sealedAt: string;
  readonly files: readonly SealedFile[];
  /** The originals as they were imported; they need not lie with the case. */
  readonly originals: readonly { readonly path: string; readonly sha256: string; readonly bytes: number }[];
  /** The log as far as it went: later lines do not break the seal. */
  readonly actions: { readonly bytes: number; readonly sha256: string };
  /** SHA-256 of the public key (SPKI, DER) that signs, or null for a seal without a signature. */
  readonly signer: string | null;
}

interface SealOptions {
  readonly out: string;
  /** Reports and exports that are sealed with the case. */
  readonly include: readonly string[];
  /** PEM of a private key, and its passphrase when it has one. */
  readonly key: { readonly pem: string; readonly passphrase: string | null } | null;
  readonly now: string;
}

/** Writes the seal and, with a key, its signature. Errors: `seal.key`, `path.missing`. */
export async function sealCase(
  connection: Connection,
  caseFolder: CaseFolder,
  options: SealOptions,
): Promise<Seal> {
  const key = options.key ? privateKey(options.key) : null;
  const log = Buffer.from(await readLog(caseFolder));
  const { id, name } = caseFolder.info;
  const seal: Seal = {
    schema: 'coldtrail-seal/1',
    case: { id, name },
    tool: { name: 'Coldtrail', version: __COLDTRAIL_VERSION__ },
    sealedAt: options.now,
    files: [...(await caseFiles(caseFolder)), ...(await besideFiles(options))],
    originals: await connection.rows(
      "SELECT path, any_value(sha256 ORDER BY file_id DESC) AS sha256, any_value(bytes ORDER BY file_id DESC) AS bytes FROM files WHERE sha256 <> '' AND state <> 'removed' GROUP BY path ORDER BY path",
    ),
    actions: { bytes: log.length, sha256: createHash('sha256').update(log).digest('hex') },
    signer: key ? fingerprint(createPublicKey(key)) : null,
  };
  const bytes = Buffer.from(`${JSON.stringify(seal, null, 1)}\n`);
  await writeFile(options.out, bytes);
  if (key) await writeFile(`${options.out}.sig`, `${sign(digestFor(key), bytes, key).toString('base64')}\n`);
  return seal;
}

/** Ed25519 and Ed448 bring their own digest. */
export function digestFor(key: KeyObject): string | null {
  return key.asymmetricKeyType?.startsWith('ed') ? null : 'sha256';
}

export function fingerprint(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function privateKey({ pem, passphrase }: NonNullable<SealOptions['key']>): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase === null ? {} : { passphrase }) });
  } catch (error) {
    throw new AppError(
      'seal.key',
      { detail: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

/** Everything of the case that does not change by being read: evidence, the current analysis, its own lists. */
async function caseFiles(caseFolder: CaseFolder): Promise<SealedFile[]> {
  const run = await caseFolder.currentRun();
  const { parts } = await caseFolder.manifest();
  const paths = ['case.json', 'manifest.json', ...parts.map((p) => p.path)];
  if (run !== null) {
    paths.push('analysis/current.json');
    for (const entry of await readdir(run)) paths.push(relative(caseFolder.path, join(run, entry)));
  }
  if ((await readdir(caseFolder.path)).includes(RULES)) paths.push(RULES);
  for (const folder of [INVESTIGATIONS, INDICATORS]) {
    const names = await readdir(join(caseFolder.path, folder)).catch(() => []);
    paths.push(...names.filter((name) => name.endsWith('.json')).map((name) => `${folder}/${name}`));
  }
  for (const path of await ownLocationFiles(caseFolder.path)) paths.push(relative(caseFolder.path, path));
  const out: SealedFile[] = [];
  for (const path of paths.sort())
    out.push({ path, place: 'case', sha256: await hashFile(join(caseFolder.path, path)) });
  return out;
}

async function besideFiles({ include, out }: SealOptions): Promise<SealedFile[]> {
  const files: SealedFile[] = [];
  for (const path of include) {
    if (resolve(path) === resolve(out) || basename(path) === ACTION_LOG) continue;
    const sha256 = await hashFile(path).catch((error: unknown) => {
      throw new AppError('path.missing', { path }, { cause: error });
    });
    // Named by its place beside the seal, so that both can be handed over together.
    files.push({ path: relative(join(out, '..'), path), place: 'beside', sha256 });
  }
  return files;
}

export async function readSeal(path: string): Promise<{ seal: Seal; bytes: Buffer }> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new AppError('path.missing', { path }, { cause: error });
  });
  try {
    const seal = JSON.parse(bytes.toString('utf8')) as Seal;
    if (seal.schema !== 'coldtrail-seal/1' || !Array.isArray(seal.files)) throw new Error('it is no seal');
    return { seal, bytes };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new AppError('path.unreadable', { path, detail }, { cause: error });
  }
}
