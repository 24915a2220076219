import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { FACTS, measureFindings, summary } from './evaluation/measures.mjs';
import { publicSets } from './evaluation/public-sets.mjs';
import { publicTests } from './evaluation/public-tests.mjs';
import { shareText } from './evaluation/intervals.mjs';
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
    vary: { type: 'boolean', default: false },
    out: { type: 'string', default: inRoot('.cache', 'evaluation') },
    keep: { type: 'boolean', default: false },
    reuse: { type: 'boolean', default: false },
    datasets: { type: 'string', default: process.env.COLDTRAIL_DATASETS },
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
  const caseFolder = join(folder, 'case');
  if (!values.reuse || !existsSync(join(folder, 'truth.json'))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const options = ['--seed', worldOf(scenario, seed), '--events', values.events, '--scenario', scenario];
    await coldtrail('sample', '--out', folder, ...options, ...(values.vary ? ['--vary'] : []));
  }
  rmSync(caseFolder, { recursive: true, force: true });
  const startedAt = performance.now();
  const opened = JSON.parse(await coldtrail('open', join(folder, 'bundle'), '--case', caseFolder, '--json'));
  const seconds = (performance.now() - startedAt) / 1000;
  const incidents = JSON.parse(await coldtrail('incidents', '--case', caseFolder, '--json'));
  const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'));
  const events = opened.sources.find(({ source }) => source === 'cloudtrail')?.unique ?? 0;
  const score = scoreBundle(truth, incidents, events);
  const findings = JSON.parse(await coldtrail('findings', '--case', caseFolder, '--json'));
  const [facts] = JSON.parse(await coldtrail('query', '--case', caseFolder, '--json', '--sql', FACTS));
  const measures = measureFindings(truth, findings, incidents, facts, events);
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
  return { scenario, seed, seconds, score, measures, conditions: truth.conditions };
}

/** Every scenario has a world of its own for a seed: one firm's oddities must not be counted over and over. */
function worldOf(scenario, seed) {
  const number = [...scenario].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  return String((Number(seed) * 1_000_003 + number) % 4_294_967_295);
}

/** The labelled public sets: how many incidents, and whether one begins with the first hostile event. */
async function evaluatePublic(set) {
  const caseFolder = join(values.out, set.name.replace(/\W/g, '_'));
  rmSync(caseFolder, { recursive: true, force: true });
  await coldtrail('open', set.path, '--case', caseFolder, '--json');
  const incidents = JSON.parse(await coldtrail('incidents', '--case', caseFolder, '--json'));
  const findings = JSON.parse(await coldtrail('findings', '--case', caseFolder, '--json'));
  const seconds = incidents
    .filter((incident) => incident.firstIntrusion !== null)
    .map(({ firstIntrusion: f }) =>
      f.eventId === set.first.id ? 0 : (Date.parse(f.time) - Date.parse(set.first.time)) / 1000,
    )
    .sort((a, b) => Math.abs(a) - Math.abs(b));
  rmSync(caseFolder, { recursive: true, force: true });
  return [
    set.name,
    findings.length,
    incidents.length,
    seconds.length === 0 ? '-' : seconds[0] === 0 ? 'exact' : `${seconds[0]} s`,
  ];
}

/**
 * Single labelled records: how many of each answer a rule of low or more names. The level of the rule counts, not the
 * finding's: tests of one rule share a principal, and what a principal does again and again is lowered.
 */
async function evaluateTests(set) {
  const folder = join(values.out, set.name.replace(/\W+/g, '_'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bundle'), { recursive: true });
  const records = set.tests.map(({ record }) => record);
  const text = set.isAudit
    ? records.map((r) => JSON.stringify(r)).join('\n')
    : JSON.stringify({ Records: records });
  writeFileSync(join(folder, 'bundle', set.isAudit ? 'audit.jsonl' : 'trail.json'), text);
  const caseFolder = join(folder, 'case');
  await coldtrail('open', join(folder, 'bundle'), '--case', caseFolder, '--json');
  const sql = `SELECT DISTINCT e.event_id AS id FROM finding_events e JOIN findings f USING (finding_id) WHERE f.kind <> 'baseline' AND len(list_filter(json_extract_string(f.sources, '$[*].severity'), lambda s: s <> 'informational')) > 0`;
  const flagged = new Set(
    JSON.parse(await coldtrail('query', '--case', caseFolder, '--json', '--sql', sql)).map(({ id }) => id),
  );
  rmSync(folder, { recursive: true, force: true });
  const share = (hit) => {
    const list = set.tests.filter((test) => test.hit === hit);
    return shareText(list.filter(({ id }) => flagged.has(id)).length, list.length);
  };
  return [set.name, share(true), share(false)];
}

/** `npm run eval [-- --scenarios a,b --seeds 1,2 --events n --keep --datasets dir]`: the measures of docs/evaluation.md. */
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
  console.log(`${summary(runs)}\n\n${table(runs)}`);
  if (!values.datasets) {
    say('The public sets are left out: COLDTRAIL_DATASETS is not set.');
    return;
  }
  const rows = [
    ['public set', 'findings', 'incidents', 'first intrusion'],
    ['---', '---', '---', '---'],
  ];
  for (const set of publicSets(values.datasets)) rows.push(await evaluatePublic(set));
  console.log(rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
  const tests = [
    ['rule tests', 'records that a rule of theirs must hit: flagged', 'records that none may hit: flagged'],
    ['---', '---', '---'],
  ];
  for (const set of publicTests(values.datasets)) tests.push(await evaluateTests(set));
  console.log(`\n${tests.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}`);
}

try {
  await main();
} catch (error) {
  say(`eval: ${error.message}`);
  process.exitCode = 1;
}
