import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { scoreBundle } from './evaluation/score.mjs';
import { table } from './evaluation/table.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { inRoot } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say } from './setup/say.mjs';

const { values } = parseArgs({
  options: {
    scenarios: { type: 'string' },
    seeds: { type: 'string', default: '101,102,103' },
    events: { type: 'string', default: '20000' },
    out: { type: 'string', default: inRoot('.cache', 'evaluation') },
    keep: { type: 'boolean', default: false },
  },
});

async function coldtrail(...args) {
  const { code, output } = await run(process.execPath, [inRoot('bin', 'coldtrail.mjs'), ...args], {
    capture: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (code !== 0 && code !== 3)
    throw new Error(`coldtrail ${args[0]} ended with ${code}: ${output.slice(-400)}`);
  return output;
}

/** Composes a bundle, opens it as a user would and scores what `incidents` says by the truth file. */
async function evaluate(scenario, seed) {
  const folder = join(values.out, `${scenario}-${seed}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const caseFolder = join(folder, 'case');
  await coldtrail(
    'sample',
    '--out',
    folder,
    '--seed',
    seed,
    '--events',
    values.events,
    '--scenario',
    scenario,
  );
  const startedAt = performance.now();
  const opened = JSON.parse(await coldtrail('open', join(folder, 'bundle'), '--case', caseFolder, '--json'));
  const seconds = (performance.now() - startedAt) / 1000;
  const incidents = JSON.parse(await coldtrail('incidents', '--case', caseFolder, '--json'));
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
  const events = opened.sources.find(({ source }) => source === 'cloudtrail')?.unique ?? 0;
  const score = scoreBundle(truth, incidents, events);
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
  return { scenario, seed, seconds, score };
}

/** `npm run eval [-- --scenarios a,b --seeds 1,2 --events n --keep]`: the measures of docs/evaluation.md. */
async function main() {
  await ensurePackages();
  await ensureBuilt();
  const scenarios = values.scenarios?.split(',') ?? JSON.parse(await coldtrail('sample', '--list', '--json'));
  const runs = [];
  mkdirSync(values.out, { recursive: true });
  for (const scenario of scenarios) {
    for (const seed of values.seeds.split(',')) {
      const result = await evaluate(scenario, seed);
      runs.push(result);
      const { wanted, noise } = result.score;
      const first = wanted.map((w) => (w.exact ? 'exact' : w.found ? 'not exact' : 'missed')).join(', ');
      say(
        `${scenario} ${seed}: ${first || 'nothing to find'}; ${noise.length} noise; ${result.seconds.toFixed(1)} s`,
      );
    }
  }
  writeFileSync(join(values.out, 'runs.json'), JSON.stringify(runs, null, 2));
  console.log(table(runs));
}

try {
  await main();
} catch (error) {
  say(`eval: ${error.message}`);
  process.exitCode = 1;
}
