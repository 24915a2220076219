import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeSample } from '../src/sample';
import { inChild, runMeasured, type Measured } from './measure/child';
import { gunzipped } from './measure/gunzipped';
import { smallFiles } from './measure/small-files';
import { steps } from './measure/steps';

/**
 * What an import costs, in CPU seconds of its own process (user and system), beside `gzip -dc` and a raw read by the
 * engine of the same files. It prints; it never fails for being slow: a shared machine is no judge.
 *
 *   npm run bench -- ingest [--events 100000,500000,1000000] [--flows 2000000] [--small 5000] [--keep <folder>]
 */
function settings() {
  return parseArgs({
    options: {
      events: { type: 'string', default: '100000,500000,1000000' },
      flows: { type: 'string', default: '2000000' },
      small: { type: 'string', default: '5000' },
      /** Samples are composed here and used again. */
      keep: { type: 'string' },
    },
  }).values;
}

const perSecond = (count: number, { cpuSeconds }: Measured): string =>
  Math.round(count / cpuSeconds).toLocaleString('en-US');

function line(label: string, measured: Measured, count?: number): void {
  const { cpuSeconds, seconds, peakMb } = measured;
  const rate = count === undefined ? '' : `${perSecond(count, measured).padStart(12)} a CPU second`;
  const memory = peakMb === null ? '' : `  ${peakMb} MB`;
  console.log(
    `  ${label.padEnd(34)} ${cpuSeconds.toFixed(2).padStart(8)} CPU s ${seconds.toFixed(2).padStart(8)} s${rate}${memory}`,
  );
}

async function bundleOf(
  folder: string,
  name: string,
  events: number,
  flows: number,
  seed = 1,
): Promise<string> {
  const out = join(folder, name);
  if (!existsSync(join(out, 'truth.json'))) await composeSample({ out, events, flows, seed });
  return join(out, 'bundle');
}

async function importInto(
  caseDir: string,
  paths: readonly string[],
): Promise<Measured & { records: number }> {
  return inChild('import', [caseDir, ...paths]);
}

async function growth(folder: string, events: number): Promise<void> {
  const bundle = await bundleOf(folder, `events-${events}`, events, 0);
  const caseDir = join(folder, `case-${events}`);
  rmSync(caseDir, { recursive: true, force: true });
  const gzip = gunzipped(bundle);
  const engine = await inChild('engine', [bundle]);
  const whole = await importInto(caseDir, [bundle]);
  console.log(`\n${whole.records.toLocaleString('en-US')} CloudTrail records, ${gzip.files} files`);
  line('gzip -dc', gzip, whole.records);
  line('engine, records counted', engine, whole.records);
  line('import', whole, whole.records);
  console.log(
    `  import is ${(whole.cpuSeconds / gzip.cpuSeconds).toFixed(2)} x gzip -dc, ${(whole.cpuSeconds / engine.cpuSeconds).toFixed(2)} x the engine`,
  );
  const added = await bundleOf(folder, 'added', 100_000, 0, 2);
  const more = await importInto(caseDir, [added]);
  line('import of 0.1M more into that case', more, more.records);
  const again = await importInto(caseDir, [bundle]);
  line('import of the same again', again);
  rmSync(caseDir, { recursive: true, force: true });
}

async function measureImport(folder: string, title: string, path: string): Promise<void> {
  const caseDir = join(folder, 'case');
  rmSync(caseDir, { recursive: true, force: true });
  const gzip = gunzipped(path);
  const whole = await importInto(caseDir, [path]);
  console.log(`\n${title}: ${whole.records.toLocaleString('en-US')} records, ${gzip.files} files`);
  line('gzip -dc', gzip, whole.records);
  line('import', whole, whole.records);
  console.log(
    `  ${((whole.cpuSeconds / gzip.files) * 1000).toFixed(2)} CPU ms a file, ${(whole.cpuSeconds / gzip.cpuSeconds).toFixed(2)} x gzip -dc`,
  );
  rmSync(caseDir, { recursive: true, force: true });
}

async function all(): Promise<void> {
  const values = settings();
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'coldtrail-bench-'));
  try {
    for (const events of values.events.split(',').map(Number)) if (events > 0) await growth(folder, events);
    const flows = Number(values.flows);
    if (flows > 0) {
      const bundle = await bundleOf(folder, `flows-${flows}`, 1000, flows);
      await measureImport(folder, 'Flow logs', bundle);
    }
    const small = Number(values.small);
    if (small > 0) {
      const from = await bundleOf(folder, 'added', 100_000, 0, 2);
      await measureImport(folder, 'Small files', smallFiles(from, join(folder, `small-${small}`), small));
    }
  } finally {
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

if (!(await runMeasured(steps))) await all();
