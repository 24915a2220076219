import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { LONGEST_LOGO } from '../../shared/contract/report';
import { AppError } from '../../shared/errors/app-error';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.svg': 'image/svg+xml',
};

/** An image file as a data: address for the cover. Errors: `usage` for other kinds and large ones, `path.missing`. */
export async function readLogo(path: string): Promise<string> {
  const type = TYPES[extname(path).toLowerCase()];
  if (type === undefined) throw new AppError('usage', { detail: 'A logo is a .png, .jpg or .svg file.' });
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new AppError('path.missing', { path }, { cause: error });
  });
  const address = `data:${type};base64,${bytes.toString('base64')}`;
  if (address.length > LONGEST_LOGO) throw new AppError('usage', { detail: 'The logo is larger than 1 MB.' });
  return address;
}
