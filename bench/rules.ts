import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { composeSample } from '../src/sample';
import { inChild, runMeasured, type Measured } from './measure/child';
import { ruleSteps } from './measure/rule-steps';

/**
 * What rules cost over one case, beside a raw scan by the engine of the columns that rules read. Each measure is a process
 * of its own with two threads. It prints; it never fails for being slow: a shared machine is no judge.
 *
 *   npm run bench -- rules [--events 100000,1000000] [--rules 800] [--keep <folder>]
 *
 * The rules are variants of the built-in ones; with COLDTRAIL_DATASETS the published sets are run, too.
 */
async function all(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '100000,1000000' },
      rules: { type: 'string', default: '800' },
      /** Cases are made here and used again. */
      keep: { type: 'string' },
    },
  });
  const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'coldtrail-bench-'));
  const datasets = process.env['COLDTRAIL_DATASETS'];
  try {
    for (const events of values.events.split(',').map(Number)) {
      const place = join(folder, `rules-${events}`);
      const bundle = join(place, 'sample');
      if (!existsSync(join(bundle, 'truth.json')))
        await composeSample({ out: bundle, events, flows: 0, seed: 1 });
      if (!existsSync(join(place, 'resolved'))) await inChild('resolve', [place, join(bundle, 'bundle')]);
      const scan = await inChild('scan', [place]);
      const nothing = await inChild('rules', [place, '0']);
      console.log(`\n${scan.records.toLocaleString('en-US')} CloudTrail records`);
      line('raw scan', scan);
      line('no rules', nothing, scan);
      line(`${values.rules} varied rules`, await inChild('rules', [place, values.rules]), scan);
      if (datasets !== undefined)
        line('published sets', await inChild('rules', [place, '0', resolve(datasets, 'rules')]), scan);
    }
  } finally {
    if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function line(label: string, measured: Measured & { records: number }, scan?: Measured): void {
  const { cpuSeconds, seconds, peakMb } = measured;
  const ratio = scan
    ? `${(cpuSeconds / scan.cpuSeconds).toFixed(1)} x the scan, ${measured.records} hits`
    : '';
  console.log(
    `  ${label.padEnd(24)} ${cpuSeconds.toFixed(2).padStart(8)} CPU s ${seconds.toFixed(2).padStart(8)} s  ${peakMb ?? '-'} MB  ${ratio}`,
  );
}

if (!(await runMeasured(ruleSteps))) await all();
