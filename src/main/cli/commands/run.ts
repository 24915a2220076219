import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReportHead } from '../../../shared/contract/report';
import { AppError } from '../../../shared/errors/app-error';
import type { CaseFolder } from '../../case/case-folder';
import { REPORT_FORMATS } from '../../../shared/model/report';
import { openCaseDatabase } from '../../evidence/views';
import { EXPORT_FORMATS, exportContext, writeExport } from '../../exports/export-case';
import { outgoing } from '../../redaction/outgoing';
import { redactorOf } from '../../redaction/redactor';
import { buildReport } from '../../report/build';
import { renderReport } from '../../report/render-report';
import { required, pathOf, text, texts, time, wholeNumber } from '../arguments';
import { EXIT_WITH_ISSUES, type Command, type CommandIo, type OptionValues } from '../command';
import { noteAction } from '../note-action';
import { checkedPaths, openPaths, type OpenedBundle } from '../open-paths';
import { jsonLine } from '../output';
import { printWithElectron } from '../print-with-electron';
import { REPORT_USAGE, reportHead, reportOptions } from '../report-options';

const NAMES = EXPORT_FORMATS.map((f) => f.name);

interface Written {
  readonly path: string;
  readonly bytes: number;
}
interface Failure {
  readonly what: string;
  readonly detail: string;
}
interface Plan {
  readonly out: string;
  readonly formats: readonly string[];
  readonly pdf: boolean;
  readonly now: string;
  readonly head: ReportHead;
}

export default {
  name: 'run',
  summary: 'Do everything unattended: case, report and exports into one folder',
  usage: `run <path...> --out <dir> [--rules <dir>]... [--baseline-days 14] [--formats all|none|${NAMES.join(',')}] [--no-pdf] ${REPORT_USAGE} [--json]`,
  options: {
    out: { type: 'string' },
    formats: { type: 'string' },
    'no-pdf': { type: 'boolean' },
    'baseline-days': { type: 'string' },
    rules: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    ...reportOptions,
  },
  positionals: true,
  run: async ({ positionals, options, io }) => {
    const started = Date.now();
    const out = pathOf(io, required(options, 'out'));
    const plan: Plan = {
      out,
      formats: formatsOf(options),
      pdf: options['no-pdf'] !== true,
      now: time(options, 'written') ?? new Date().toISOString().replace('Z', '000Z'),
      head: await reportHead(options, io),
    };
    const paths = await checkedPaths(positionals, io);
    const rules = texts(options, 'rules').length === 0 ? [] : await checkedPaths(texts(options, 'rules'), io);
    const baselineDays = wholeNumber(options, 'baseline-days', 14, { min: 1, max: 365 });
    await mkdir(join(out, 'exports'), { recursive: true }).catch((error: unknown) => {
      throw new AppError('case.exists', { path: out }, { cause: error });
    });
    const { caseFolder, result } = await openPaths(
      { paths, rules, casePath: join(out, 'case'), baselineDays },
      io,
    );
    const { files, failures } = await writeAll(caseFolder, plan, io);
    const summary = summaryOf(result, { files, failures, started });
    await writeFile(join(out, 'run.json'), `${JSON.stringify(summary, null, 1)}\n`);
    for (const { what, detail } of failures) io.note(`${what}: ${detail}`);
    await io.print(
      options['json'] === true
        ? jsonLine(summary)
        : `${files.map((f) => `${f.path}  ${f.bytes} bytes\n`).join('')}${summary.incidents} incidents in ${summary.seconds} s\n`,
    );
    return failures.length > 0 || result.issues.length > 0 ? EXIT_WITH_ISSUES : 0;
  },
} satisfies Command;

function summaryOf(
  result: OpenedBundle,
  { files, failures, started }: { files: readonly Written[]; failures: readonly Failure[]; started: number },
) {
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
