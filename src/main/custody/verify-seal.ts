import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import type { CaseFolder } from '../case/case-folder';
import { hashFile } from '../ingest/writer';
import { brokenAt, readLog } from './action-log';
import { digestFor, fingerprint, readSeal } from './seal';

interface VerifiedFile {
  readonly path: string;
  readonly sha256: string;
  readonly ok: boolean;
  readonly detail?: string;
}

export interface VerifiedSeal {
  readonly ok: boolean;
  readonly files: readonly VerifiedFile[];
  readonly seal: {
    readonly sealedAt: string;
    /** valid and invalid are about the key given; unchecked: signed, but no key was given; none: not signed. */
    readonly signature: 'valid' | 'invalid' | 'unchecked' | 'none';
    readonly signer: string | null;
    readonly actions: 'whole' | 'changed';
  };
}

interface VerifySealOptions {
  readonly sealPath: string;
  /** PEM of the public key of whoever sealed; null checks hashes alone. */
  readonly publicKey: string | null;
  readonly signal?: AbortSignal;
}

/** Hashes everything that the seal names and checks its signature and the action log. Errors: `seal.key`. */
export async function verifySeal(caseFolder: CaseFolder, options: VerifySealOptions): Promise<VerifiedSeal> {
  const { seal, bytes } = await readSeal(options.sealPath);
  const files: VerifiedFile[] = [];
  for (const file of seal.files) {
    options.signal?.throwIfAborted();
    const path =
      file.place === 'case' ? join(caseFolder.path, file.path) : join(options.sealPath, '..', file.path);
    files.push(await check(path, file.sha256));
  }
  const signature = await signatureOf(bytes, seal.signer, options);
  const actions = await actionsOf(caseFolder, seal.actions);
  const sameCase = seal.case.id === caseFolder.info.id;
  if (!sameCase)
    files.push({
      path: join(caseFolder.path, 'case.json'),
      sha256: '',
      ok: false,
      detail: `the seal is of another case, ${seal.case.id}`,
    });
  const ok = files.every((f) => f.ok) && signature !== 'invalid' && actions === 'whole';
  return { ok, files, seal: { sealedAt: seal.sealedAt, signature, signer: seal.signer, actions } };
}

async function check(path: string, sha256: string): Promise<VerifiedFile> {
  try {
    const found = await hashFile(path);
    return found === sha256
      ? { path, sha256, ok: true }
      : { path, sha256, ok: false, detail: `the hash is now ${found}` };
  } catch (error) {
    return { path, sha256, ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function signatureOf(
  bytes: Buffer,
  signer: string | null,
  { sealPath, publicKey }: VerifySealOptions,
): Promise<VerifiedSeal['seal']['signature']> {
  if (publicKey === null) return signer === null ? 'none' : 'unchecked';
  const key = keyFrom(publicKey);
  // Whoever gives a key expects a signature: a seal from which it was taken is not valid.
  const text = await readFile(`${sealPath}.sig`, 'utf8').catch(() => null);
  if (text === null || signer !== fingerprint(key)) return 'invalid';
  return verify(digestFor(key), bytes, key, Buffer.from(text.trim(), 'base64')) ? 'valid' : 'invalid';
}

function keyFrom(pem: string): KeyObject {
  try {
    return createPublicKey(pem);
  } catch (error) {
    throw new AppError(
      'seal.key',
      { detail: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

async function actionsOf(
  caseFolder: CaseFolder,
  sealed: { readonly bytes: number; readonly sha256: string },
): Promise<'whole' | 'changed'> {
  const log = Buffer.from(await readLog(caseFolder));
  const then = log.subarray(0, sealed.bytes);
  const same = createHash('sha256').update(then).digest('hex') === sealed.sha256;
  return same && then.length === sealed.bytes && brokenAt(log.toString('utf8')) === null
    ? 'whole'
    : 'changed';
}
