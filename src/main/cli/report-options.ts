import * as v from 'valibot';
import { ofTemplate, ReportHead } from '../../shared/contract/report';
import { AppError } from '../../shared/errors/app-error';
import { AUDIENCES, REDACTIONS, REPORT_SECTION_IDS, type Redaction } from '../../shared/model/report';
import { readLogo } from '../report/logo';
import { DEFAULT_HEAD } from '../report/options';
import { readTemplate } from '../report/template';
import { oneOf, pathOf, text } from './arguments';
import type { Command, CommandIo, OptionValues } from './command';

/** What the commands that write a report take about it. */
export const reportOptions: Command['options'] = {
  template: { type: 'string' },
  audience: { type: 'string' },
  sections: { type: 'string' },
  zone: { type: 'string' },
  client: { type: 'string' },
  examiner: { type: 'string' },
  organisation: { type: 'string' },
  reference: { type: 'string' },
  classification: { type: 'string' },
  logo: { type: 'string' },
  redact: { type: 'boolean' },
  'redact-only': { type: 'string' },
  written: { type: 'string' },
};

export const REPORT_USAGE =
  '[--template file.json] [--audience executive|technical|evidence] [--sections a,b,...] [--zone UTC] [--client text] [--examiner text] [--organisation text] [--reference text] [--classification text] [--logo file.png|.jpg|.svg] [--redact | --redact-only accounts,names,addresses,keys,resources] [--written time]';

/** The head of a report: the template's, changed by what the command line says. Errors: `usage`, `path.missing`. */
export async function reportHead(options: OptionValues, io: CommandIo): Promise<ReportHead> {
  const file = text(options, 'template');
  const template =
    file === null ? DEFAULT_HEAD : { ...DEFAULT_HEAD, ...ofTemplate(await readTemplate(pathOf(io, file))) };
  const logo = text(options, 'logo');
  const said = (name: keyof ReportHead) => text(options, name);
  const parsed = v.safeParse(ReportHead, {
    audience: oneOf(options, 'audience', AUDIENCES, template.audience),
    sections: listOf(options, 'sections', REPORT_SECTION_IDS) ?? template.sections,
    zone: said('zone') ?? template.zone,
    client: said('client'),
    examiner: said('examiner') ?? template.examiner,
    organisation: said('organisation') ?? template.organisation,
    reference: said('reference'),
    classification: said('classification') ?? template.classification,
    redaction: redactionOf(options, template.redaction),
    logo: logo === null ? template.logo : await readLogo(pathOf(io, logo)),
  } satisfies Record<keyof ReportHead, unknown>);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new AppError('usage', { detail: `--${v.getDotPath(issue) ?? '?'}: ${issue.message}` });
}

/** What is to be replaced by pseudonyms, else `otherwise`. Errors: `usage`. */
export function redactionOf(options: OptionValues, otherwise: Redaction[] = []): Redaction[] {
  const chosen = listOf(options, 'redact-only', REDACTIONS);
  return chosen ?? (options['redact'] === true ? [...REDACTIONS] : otherwise);
}

/** Names separated by commas, each of a list; null when the option is not there. Errors: `usage`. */
function listOf<T extends string>(options: OptionValues, name: string, known: readonly T[]): T[] | null {
  const given = text(options, name);
  if (given === null) return null;
  return given.split(',').map((word) => {
    const found = known.find((k) => k === word.trim());
    if (found === undefined)
      throw new AppError('usage', { detail: `--${name} knows ${known.join(', ')}; not ${word}.` });
    return found;
  });
}
