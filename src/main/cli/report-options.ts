import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { AUDIENCES, checkedZone, DEFAULT_HEAD, type ReportHead } from '../report/options';
import { oneOf, pathOf, text } from './arguments';
import type { Command, CommandIo, OptionValues } from './command';

/** What the commands that write a report take about it. */
export const reportOptions: Command['options'] = {
  audience: { type: 'string' },
  zone: { type: 'string' },
  client: { type: 'string' },
  examiner: { type: 'string' },
  organisation: { type: 'string' },
  reference: { type: 'string' },
  classification: { type: 'string' },
  logo: { type: 'string' },
  redact: { type: 'boolean' },
  written: { type: 'string' },
};

export const REPORT_USAGE =
  '[--audience executive|technical|evidence] [--zone UTC] [--client text] [--examiner text] [--organisation text] [--reference text] [--classification text] [--logo file.png|.jpg|.svg] [--redact] [--written time]';

const IMAGES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.svg': 'image/svg+xml',
};
const LOGO_BYTES = 1_000_000;

/** Errors: `usage`, `path.missing`. */
export async function reportHead(options: OptionValues, io: CommandIo): Promise<Partial<ReportHead>> {
  const zone = text(options, 'zone');
  const logo = text(options, 'logo');
  return {
    audience: oneOf(options, 'audience', AUDIENCES, DEFAULT_HEAD.audience),
    zone: zone === null ? DEFAULT_HEAD.zone : checkedZone(zone),
    client: text(options, 'client'),
    examiner: text(options, 'examiner'),
    organisation: text(options, 'organisation'),
    reference: text(options, 'reference'),
    classification: text(options, 'classification') ?? DEFAULT_HEAD.classification,
    redacted: options['redact'] === true,
    logo: logo === null ? null : await image(pathOf(io, logo)),
  };
}

async function image(path: string): Promise<string> {
  const type = IMAGES[extname(path).toLowerCase()];
  if (type === undefined)
    throw new AppError('usage', { detail: '--logo must be a .png, .jpg or .svg file.' });
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new AppError('path.missing', { path }, { cause: error });
  });
  if (bytes.length > LOGO_BYTES)
    throw new AppError('usage', { detail: `--logo is larger than ${LOGO_BYTES} bytes.` });
  return `data:${type};base64,${bytes.toString('base64')}`;
}
