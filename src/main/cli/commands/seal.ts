import { readFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error';
import { sealCase } from '../../custody/seal';
import { pathOf, required, text } from '../arguments';
import { withCase } from '../case-access';
import type { Command } from '../command';
import { noteAction } from '../note-action';
import { jsonLine } from '../output';

export default {
  name: 'seal',
  summary: 'Write a manifest of hashes over case, originals, log and reports, signed with a key of yours',
  usage:
    'seal --case <dir> --out <seal.json> [--include <file>]... [--key <private.pem>] [--passphrase-env <NAME>] [--json]',
  options: {
    case: { type: 'string' },
    out: { type: 'string' },
    include: { type: 'string', multiple: true },
    key: { type: 'string' },
    'passphrase-env': { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    const out = pathOf(io, required(options, 'out'));
    const keyFile = text(options, 'key');
    const variable = text(options, 'passphrase-env');
    const named = options['include'];
    const include = (Array.isArray(named) ? named : []).map((path) => pathOf(io, String(path)));
    const key = keyFile === null ? null : await pem(pathOf(io, keyFile));
    const passphrase = variable === null ? null : (process.env[variable] ?? null);
    return withCase(options, io, async ({ caseFolder, database }) => {
      await noteAction(caseFolder, io, 'sealed', { path: out, files: include.length });
      const seal = await sealCase(database.main, caseFolder, {
        out,
        include,
        key: key === null ? null : { pem: key, passphrase },
        now: new Date().toISOString(),
      });
      const told = {
        path: out,
        files: seal.files.length,
        originals: seal.originals.length,
        signer: seal.signer,
      };
      io.note(
        `${out}: ${told.files} files and ${told.originals} originals, ${seal.signer ? 'signed' : 'not signed'}`,
      );
      if (options['json'] === true) await io.print(jsonLine(told));
      return 0;
    });
  },
} satisfies Command;

function pem(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('path.missing', { path }, { cause: error });
  });
}
