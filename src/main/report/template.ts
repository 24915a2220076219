import { readFile, writeFile } from 'node:fs/promises';
import * as v from 'valibot';
import { ReportTemplate } from '../../shared/contract/report';
import { AppError } from '../../shared/errors/app-error';

const LONGEST = 2_000_000;

/** Reads the file in which an organisation keeps how its reports look. Errors: `path.missing`, `usage`. */
export async function readTemplate(path: string): Promise<ReportTemplate> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('path.missing', { path }, { cause: error });
  });
  return parseTemplate(text.slice(0, LONGEST), path);
}

export function parseTemplate(text: string, path: string): ReportTemplate {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AppError('usage', { detail: `${path} is no template: it is not JSON.` }, { cause: error });
  }
  const parsed = v.safeParse(ReportTemplate, json);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  throw new AppError('usage', {
    detail: `${path} is no template: ${v.getDotPath(issue) ?? ''} ${issue.message}`,
  });
}

export async function writeTemplate(path: string, template: ReportTemplate): Promise<void> {
  await writeFile(path, `${JSON.stringify(template, null, 1)}\n`).catch((error: unknown) => {
    throw new AppError('report.failed', { detail: error instanceof Error ? error.message : String(error) });
  });
}
