import { readFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error';
import { CaseFolder } from '../../case/case-folder';
import { verifySeal } from '../../custody/verify-seal';
import { verify } from '../../ingest/verify';
import { pathOf, required, text } from '../arguments';
import type { Command } from '../command';
import { jsonLine, plain } from '../output';

export default {
  name: 'verify',
  summary: 'Hash every original and every evidence file again and compare',
  usage: 'verify --case <dir> [--seal <seal.json> [--public-key <public.pem>]] [--json]',
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
    if (keyPath !== null && sealPath === null)
      throw new AppError('usage', { detail: '--public-key is for --seal.' });
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
    const result = await verify(caseFolder, {
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
    await io.print(options['json'] === true ? jsonLine(result) : changes(result.files));
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
