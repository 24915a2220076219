import { readFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error';
import { CaseFolder } from '../../case/case-folder';
import { verifySeal } from '../../custody/verify-seal';
import { verify } from '../../ingest/verify';
import type { DigestSummary } from '../../integrity/summary';
import { readKeys, verifyDigests } from '../../integrity/verify-digests';
import { pathOf, required, text } from '../arguments';
import type { Command } from '../command';
import { jsonLine, plain } from '../output';

export default {
  name: 'verify',
  summary: 'Hash every original and every evidence file again and compare; check CloudTrail digest files',
  usage: 'verify --case <dir> [--seal <seal.json>] [--public-key <public.pem or keys.json>] [--json]',
  options: {
    case: { type: 'string' },
    seal: { type: 'string' },
    'public-key': { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    const caseFolder = await CaseFolder.open(pathOf(io, required(options, 'case')));
    const sealPath = text(options, 'seal');
    const keyPath = text(options, 'public-key');
    if (sealPath !== null) {
      const publicKey =
        keyPath === null ? null : await readFile(pathOf(io, keyPath), 'utf8').catch(() => null);
      if (keyPath !== null && publicKey === null)
        throw new AppError('path.missing', { path: pathOf(io, keyPath) });
      const sealed = await verifySeal(caseFolder, {
        sealPath: pathOf(io, sealPath),
        publicKey,
        signal: io.signal,
      });
      const { signature, actions, sealedAt } = sealed.seal;
      await io.print(
        options['json'] === true
          ? jsonLine(sealed)
          : `${changes(sealed.files)}sealed ${sealedAt}, signature ${signature}, log of actions ${actions}\n`,
      );
      return sealed.ok ? 0 : 1;
    }
    const keys = keyPath === null ? null : await readKeys(pathOf(io, keyPath));
    const hashes = await verify(caseFolder, {
      signal: io.signal,
      onProgress: ({ filesDone, filesTotal }) =>
        io.progress({
          phase: 'verify',
          step: 'Hashing again',
          share: filesTotal > 0 ? filesDone / filesTotal : 1,
          filesDone,
          filesTotal,
        }),
    });
    // Evidence that cannot be read any more is named by the hashes.
    const digests = await verifyDigests(caseFolder, keys).catch((error: unknown) => {
      if (hashes.ok) throw error;
      return null;
    });
    const result = { ok: hashes.ok && digests !== null && digests.ok, files: hashes.files, digests };
    await io.print(
      options['json'] === true ? jsonLine(result) : `${changes(result.files)}${digestLines(digests)}`,
    );
    return result.ok ? 0 : 1;
  },
} satisfies Command;

/** What does not match, and how many files were checked. */
function changes(
  files: readonly { readonly path: string; readonly ok: boolean; readonly detail?: string }[],
): string {
  const bad = files.filter((f) => !f.ok);
  const lines = bad.map((f) => `CHANGED  ${plain(f.path)}  ${plain(f.detail ?? '')}\n`);
  return `${lines.join('')}${files.length} files checked, ${bad.length} do not match\n`;
}

/** Counts of the digest check, and what is not as it was delivered or not here. */
function digestLines(summary: DigestSummary | null): string {
  if (summary === null) return 'CloudTrail digests: not checked, the evidence cannot be read\n';
  const { digests, logs, notValid } = summary;
  const counts = (states: Readonly<Record<string, number>>) =>
    Object.entries(states)
      .map(([state, n]) => `${n} ${state}`)
      .join(', ') || 'none';
  const lines = notValid.slice(0, SHOWN).map(({ kind, state, path, object, first, last, detail }) => {
    const name = plain(path ?? object ?? '');
    return `${state.toUpperCase()}  ${kind}  ${name}${name === '' ? '' : '  '}${first ?? ''}..${last ?? ''}  ${plain(detail)}\n`;
  });
  const more = notValid.length - lines.length;
  return `${lines.join('')}${more > 0 ? `... and ${more} more (--json)\n` : ''}CloudTrail digests: ${counts(digests)}; log files by them: ${counts(logs)}\n`;
}

const SHOWN = 50;
