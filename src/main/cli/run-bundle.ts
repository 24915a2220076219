import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportHead } from '../../shared/contract/report';
import { AppError } from '../../shared/errors/app-error';
import { REPORT_FORMATS } from '../../shared/model/report';
import type { CaseFolder } from '../case/case-folder';
import { openCaseDatabase } from '../evidence/views';
import { EXPORT_FORMATS, exportContext, writeExport } from '../exports/export-case';
import { outgoing } from '../redaction/outgoing';
import { redactorOf } from '../redaction/redactor';
import { buildReport } from '../report/build';
import { renderReport } from '../report/render-report';
import { flowFormats, pathOf, text, texts, wholeNumber } from './arguments';
import type { Command, CommandIo, OptionValues } from './command';
import { noteAction } from './note-action';
import { checkedPaths, openPaths, type OpenedBundle } from './open-paths';
import { printWithElectron } from './print-with-electron';
import { REPORT_USAGE, reportHead, reportOptions } from './report-options';

const NAMES = EXPORT_FORMATS.map((f) => f.name);

interface Written {
  readonly path: string;
  readonly bytes: number;
}
interface Failure {
  readonly what: string;
  readonly detail: string;
}
export interface RunPlan {
  readonly formats: readonly string[];
  readonly pdf: boolean;
  readonly head: ReportHead;
  readonly rules: readonly string[];
  readonly sourceMaps: readonly string[];
  readonly locationFiles: readonly string[];
  readonly flowFormats: readonly (readonly string[])[];
  readonly baselineDays: number;
}
interface Plan extends RunPlan {
  readonly out: string;
  readonly now: string;
}
/** What `run` tells and writes as run.json. */
export interface RunSummary extends OpenedBundle {
  readonly outputs: readonly Written[];
  readonly failures: readonly Failure[];
}

/** What the commands take that do everything with a bundle. */
export const runOptions: Command['options'] = {
  out: { type: 'string' },
  formats: { type: 'string' },
  'no-pdf': { type: 'boolean' },
  'baseline-days': { type: 'string' },
  rules: { type: 'string', multiple: true },
  'source-map': { type: 'string', multiple: true },
  'location-file': { type: 'string', multiple: true },
  'flow-format': { type: 'string', multiple: true },
  ...reportOptions,
};
export const RUN_USAGE = `[--rules <dir>]... [--source-map <file>]... [--location-file <mmdb>]... [--flow-format <fields>]... [--baseline-days 14] [--formats all|none|${NAMES.join(',')}] [--no-pdf] ${REPORT_USAGE}`;

/** Everything but the bundle and the time, checked. Errors: `usage`, `path.missing`. */
export async function planOf(options: OptionValues, io: CommandIo): Promise<RunPlan> {
  const rules = texts(options, 'rules');
  return {
    formats: formatsOf(options),
    pdf: options['no-pdf'] !== true,
    head: await reportHead(options, io),
    rules: rules.length === 0 ? [] : await checkedPaths(rules, io),
    flowFormats: flowFormats(options),
    sourceMaps: texts(options, 'source-map').map((path) => pathOf(io, path)),
    locationFiles: texts(options, 'location-file').map((path) => pathOf(io, path)),
    baselineDays: wholeNumber(options, 'baseline-days', 14, { min: 1, max: 365 }),
  };
}

/**
 * Case, reports and exports of a bundle into `out`, with `run.json`. A case that an earlier try left there is gone on with.
 * What cannot be written is listed and does not keep the rest from being written.
 */
export async function runBundle(
  plan: RunPlan,
  { paths, out, now }: { readonly paths: readonly string[]; readonly out: string; readonly now: string },
  io: CommandIo,
): Promise<RunSummary> {
  const started = Date.now();
  await mkdir(join(out, 'exports'), { recursive: true }).catch((error: unknown) => {
    throw new AppError('case.exists', { path: out }, { cause: error });
  });
  const { caseFolder, result } = await openPaths({ ...plan, paths, casePath: join(out, 'case') }, io);
  const { files, failures } = await writeAll(caseFolder, { ...plan, out, now }, io);
  const summary = summaryOf(result, { files, failures, started });
  await writeFile(join(out, 'run.json'), `${JSON.stringify(summary, null, 1)}\n`);
  for (const { what, detail } of failures) io.note(`${what}: ${detail}`);
  return summary;
}

export function hasIssues({ failures, issues }: RunSummary): boolean {
  return failures.length > 0 || issues.length > 0;
}

function summaryOf(
  result: OpenedBundle,
  { files, failures, started }: { files: readonly Written[]; failures: readonly Failure[]; started: number },
): RunSummary {
  const seconds = Math.round((Date.now() - started) / 10) / 100;
  return { ...result, outputs: files, failures, seconds };
}

/** Errors: `usage`. */
function formatsOf(options: OptionValues): readonly string[] {
  const wanted = text(options, 'formats') ?? 'all';
  if (wanted === 'all') return NAMES;
  if (wanted === 'none') return [];
  const names = wanted.split(',');
  const unknown = names.find((name) => !NAMES.includes(name));
  if (unknown !== undefined)
    throw new AppError('usage', {
      detail: `--formats knows all, none, ${NAMES.join(', ')}; not ${unknown}.`,
    });
  return names;
}

/** Report and exports; one that cannot be written does not keep the others from being written. */
async function writeAll(
  caseFolder: CaseFolder,
  plan: Plan,
  io: CommandIo,
): Promise<{ files: Written[]; failures: Failure[] }> {
  const files: Written[] = [];
  const failures: Failure[] = [];
  const steps = REPORT_FORMATS.length + plan.formats.length;
  let done = 0;
  const attempt = async (what: string, path: string, write: () => Promise<{ bytes: number }>) => {
    if (io.signal.aborted) throw new AppError('job.cancelled');
    const phase = what.startsWith('report') ? 'report' : 'export';
    io.progress({ phase, step: `Writing ${what}`, share: done / steps });
    done += 1;
    try {
      files.push({ path, ...(await write()) });
      await noteAction(caseFolder, io, phase === 'report' ? 'reported' : 'exported', { path, format: what });
    } catch (error) {
      failures.push({ what, detail: error instanceof Error ? error.message : String(error) });
    }
  };
  const database = await openCaseDatabase(caseFolder);
  try {
    const { redaction } = plan.head;
    const fit = outgoing(
      redaction.length > 0 ? await redactorOf(database.main, caseFolder, redaction) : null,
    );
    const model = await buildReport(database.main, caseFolder, {
      incidentIds: null,
      now: plan.now,
      head: plan.head,
      outgoing: fit,
    });
    for (const format of REPORT_FORMATS.filter((f) => f !== 'pdf' || plan.pdf)) {
      const path = join(plan.out, `report.${format}`);
      await attempt(`report.${format}`, path, async () =>
        put(path, (await renderReport(model, format, printWithElectron(io))).bytes),
      );
    }
    const context = await exportContext(database.main, caseFolder, {
      incidentId: null,
      now: plan.now,
      redact: redaction,
    });
    for (const format of EXPORT_FORMATS.filter((f) => plan.formats.includes(f.name))) {
      const path = join(plan.out, 'exports', `${format.name}${format.extension}`);
      await attempt(format.name, path, () => writeExport(context, format, path));
    }
    return { files, failures };
  } finally {
    database.close();
  }
}

async function put(path: string, bytes: Uint8Array): Promise<{ bytes: number }> {
  await writeFile(path, bytes);
  return { bytes: bytes.length };
}
