import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCaseLog } from '../src/main/diagnostics/log';
import { composeSample } from '../src/sample';
import { inChild, runMeasured, type Measured } from './measure/child';
import { gunzipped } from './measure/gunzipped';
import type { PanelTime } from './measure/panels';
import { isComposed, scaleSteps } from './measure/scale-steps';

/**
 * Import, analysis and panels over growing cases: seconds, CPU seconds, memory, disk, beside `gzip -dc` and the engine by
 * itself. Each stage of a size is kept in `<keep>/<size>/result.json` and not run again: a bench that was broken off goes
 * on, and `--sizes 20000000` can be added on another day. It prints; it never fails for being slow.
 *
 *   npm run bench -- scale [--sizes 100000,1000000] [--flows 4] [--keep <folder>]
 *
 * `--flows`: flow records for each CloudTrail record. 20 million of the one and 100 million of the other take 60 GB of disk.
 */
interface Result {
  events: number;
  flows: number;
  composed?: { seconds: number; bytes: number; files: number };
  gzip?: Measured & { files: number };
  engine?: Measured & { records: number };
  imported?: Measured & { records: number };
  evidenceBytes?: number;
  analysed?: Measured & { records: number };
  analysisBytes?: number;
  steps?: { step: string; ms: number; cpuMs: number }[];
  panels?: PanelTime[];
}

function settings() {
  return parseArgs({
    options: {
      sizes: { type: 'string', default: '100000,1000000' },
      flows: { type: 'string', default: '4' },
      keep: { type: 'string', default: join(tmpdir(), 'coldtrail-scale') },
    },
  }).values;
}

async function measure(events: number, values: ReturnType<typeof settings>): Promise<Result> {
  const place = join(values.keep, String(events));
  mkdirSync(place, { recursive: true });
  const file = join(place, 'result.json');
  const result: Result = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Result)
    : { events, flows: events * Number(values.flows) };
  const stage = async <K extends keyof Result>(name: K, work: () => Promise<Result[K]>) => {
    if (result[name] !== undefined) return;
    const begun = performance.now();
    result[name] = await work();
    console.log(
      `  ${events.toLocaleString('en-US')}: ${name}, ${seconds((performance.now() - begun) / 1000)}`,
    );
    writeFileSync(file, JSON.stringify(result, null, 1));
  };
  const sample = join(place, 'sample');
  const bundle = join(sample, 'bundle');
  const caseDir = join(place, 'case');
  await stage('composed', async () => {
    const begun = performance.now();
    if (!isComposed(sample)) await composeSample({ out: sample, events, flows: result.flows, seed: 1 });
    return { seconds: (performance.now() - begun) / 1000, ...sizeOf(bundle) };
  });
  await stage('gzip', () => Promise.resolve(gunzipped(bundle)));
  await stage('engine', () => inChild('engine', [bundle]));
  await stage('imported', () => inChild('import', [caseDir, bundle]));
  await stage('evidenceBytes', () => Promise.resolve(sizeOf(join(caseDir, 'evidence')).bytes));
  await stage('analysed', () => inChild('analyse', [caseDir]));
  await stage('analysisBytes', () => Promise.resolve(sizeOf(join(caseDir, 'analysis')).bytes));
  await stage('steps', async () =>
    (await readCaseLog(caseDir))
      .filter(({ event }) => event === 'analysis.step')
      .slice(-9)
      .map(({ step, ms, cpuMs }) => ({ step: String(step), ms: Number(ms), cpuMs: Number(cpuMs) })),
  );
  await stage('panels', async () => {
    const out = join(place, 'panels.json');
    await inChild('panels', [caseDir, out]);
    return JSON.parse(readFileSync(out, 'utf8')) as PanelTime[];
  });
  return result;
}

function sizeOf(folder: string): { bytes: number; files: number } {
  let [bytes, files] = [0, 0];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    bytes += statSync(join(entry.parentPath, entry.name)).size;
    files += 1;
  }
  return { bytes, files };
}

const seconds = (value: number | undefined): string => (value === undefined ? '-' : `${value.toFixed(1)} s`);
const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? '-' : `${Math.round(bytes / 1024 ** 2).toLocaleString('en-US')} MB`;

function cost(measured: Measured | undefined): string {
  if (!measured) return '-';
  const memory = measured.peakMb === null ? '' : `, ${measured.peakMb.toLocaleString('en-US')} MB`;
  return `${seconds(measured.seconds)} (CPU ${seconds(measured.cpuSeconds)}${memory})`;
}

function table(results: readonly Result[]): string {
  const row = (title: string, cell: (result: Result) => string) =>
    `| ${title} | ${results.map(cell).join(' | ')} |`;
  const ratio = (of: Measured | undefined, by: Measured | undefined) =>
    of && by ? `${(of.cpuSeconds / by.cpuSeconds).toFixed(1)} x` : '-';
  const names = (of: (result: Result) => readonly string[]) => [...new Set(results.flatMap(of))];
  return [
    row('CloudTrail + flow records', (r) => `${short(r.events)} + ${short(r.flows)}`),
    `|${'---|'.repeat(results.length + 1)}`,
    row(
      'delivered',
      (r) => `${megabytes(r.composed?.bytes)}, ${r.composed?.files.toLocaleString('en-US')} files`,
    ),
    row('`gzip -dc` of all', (r) => cost(r.gzip)),
    row('engine alone: CloudTrail by caller and call', (r) => cost(r.engine)),
    row('import', (r) => cost(r.imported)),
    row('import to `gzip -dc`, CPU', (r) => ratio(r.imported, r.gzip)),
    row('import to the engine, CPU', (r) => ratio(r.imported, r.engine)),
    row('analysis', (r) => cost(r.analysed)),
    row('findings', (r) => String(r.analysed?.records ?? '-')),
    row('evidence, analysis on disk', (r) => `${megabytes(r.evidenceBytes)}, ${megabytes(r.analysisBytes)}`),
    ...names((r) => r.steps?.map(({ step }) => step) ?? []).map((name) =>
      row(`step: ${name}`, (r) => {
        const taken = r.steps?.find(({ step }) => step === name);
        return taken ? `${seconds(taken.ms / 1000)} (CPU ${seconds(taken.cpuMs / 1000)})` : '-';
      }),
    ),
    ...names((r) => r.panels?.map(({ panel }) => panel) ?? []).map((name) =>
      row(`panel: ${name}, p50 / p95`, (r) => {
        const time = r.panels?.find(({ panel }) => panel === name);
        return time ? `${time.p50} / ${time.p95} ms` : '-';
      }),
    ),
  ].join('\n');
}

const short = (count: number): string => `${count / 1e6} M`;

if (!(await runMeasured(scaleSteps))) {
  const values = settings();
  const results: Result[] = [];
  for (const size of values.sizes.split(',').map(Number)) results.push(await measure(size, values));
  console.log(`\n${table(results)}`);
}
