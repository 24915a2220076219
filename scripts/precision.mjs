import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { inRoot } from './setup/paths.mjs';
import { say } from './setup/say.mjs';

/**
 * Says what the detections find and what they should not, on labelled data:
 * `node scripts/precision.mjs [--datasets <folder>] [--events n] [scenario:seed ...]`. For each composed bundle the
 * findings of at least medium that rest on benign events alone, and the share of the attacker's events in others; for
 * the public Stratus records the share of runs found and of other events flagged.
 */
const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'];
const atLeast = (finding, level) => LEVELS.indexOf(finding.severity) >= LEVELS.indexOf(level);
const args = process.argv.slice(2);
const option = (name, fallback) => {
  const at = args.indexOf(name);
  return at < 0 ? fallback : args.splice(at, 2)[1];
};
const datasets = option('--datasets', process.env.COLDTRAIL_DATASETS);
const events = option('--events', '12000');
const wanted = args.length > 0 ? args : ['quiet:41', 'quiet:42', 'full-intrusion:44', 'insider:51'];
const work = mkdtempSync(join(tmpdir(), 'coldtrail-precision-'));

function coldtrail(...command) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('out/main/cli.js'), ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status !== 0 && status !== 3) throw new Error(stderr);
  return stdout;
}

function findingsOf(...paths) {
  const folder = join(mkdtempSync(join(work, 'case-')), 'case');
  coldtrail('open', ...paths, '--case', folder);
  return JSON.parse(coldtrail('findings', '--case', folder, '--json'));
}

function composed(scenario, seed) {
  const out = join(work, `${scenario}-${seed}`);
  coldtrail('sample', '--scenario', scenario, '--seed', seed, '--events', events, '--out', out);
  const truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8'));
  const hostile = new Set(truth.incidents.flatMap((incident) => incident.eventIds ?? []));
  const grave = findingsOf(join(out, 'bundle')).filter((f) => atLeast(f, 'medium'));
  const found = new Set(grave.flatMap((f) => f.eventIds).filter((id) => hostile.has(id)));
  const wrong = grave.filter((f) => f.eventIds.length > 0 && !f.eventIds.some((id) => hostile.has(id)));
  const share = hostile.size > 0 ? ((100 * found.size) / hostile.size).toFixed(1) : '-';
  console.log(
    `${scenario}:${seed}  attacker's events in findings: ${share} %  benign findings >= medium: ${wrong.length}`,
  );
  for (const f of wrong) console.log(`  ${f.severity} ${f.ruleId} ${f.title} (${f.count})`);
}

function invictus(truth) {
  const { runs, ordered_key_event_ids: key, revert_event_ids: revert, events: total } = truth;
  const findings = findingsOf(join(datasets, 'cloudtrail/invictus-aws-dataset/CloudTrail'));
  const stratus = new Set([...key, ...revert, ...runs.flatMap((run) => run.ordered_event_ids)]);
  const idsFrom = (level) => new Set(findings.filter((f) => atLeast(f, level)).flatMap((f) => f.eventIds));
  const share = (level) =>
    [...idsFrom(level)].filter((id) => !stratus.has(id)).length / (total - stratus.size);
  const missed = (level) => runs.filter((run) => !run.ordered_event_ids.some((id) => idsFrom(level).has(id)));
  for (const level of ['low', 'medium']) {
    const lost = missed(level).map((run) => run.stratus_id);
    console.log(
      `invictus >= ${level}  runs found: ${runs.length - lost.length} of ${runs.length}  other events flagged: ${(100 * share(level)).toFixed(2)} %  missed: ${lost.join(', ')}`,
    );
  }
  const wrong = findings.filter(
    (f) => atLeast(f, 'medium') && f.eventIds.length > 0 && !f.eventIds.some((id) => stratus.has(id)),
  );
  for (const f of wrong) console.log(`  ${f.severity} ${f.ruleId} ${f.title} (${f.count})`);
}

function stratusLogs() {
  const folder = join(datasets, 'cloudtrail/stratus-detonation-logs/detonation-logs');
  const names = readdirSync(folder).sort();
  const missed = (level, all) =>
    all.filter(([, findings]) => !findings.some((f) => atLeast(f, level))).map(([name]) => name);
  const all = names.map((name) => [name, findingsOf(join(folder, name))]);
  for (const level of ['low', 'medium']) {
    const lost = missed(level, all);
    console.log(
      `stratus logs >= ${level}: ${all.length - lost.length} of ${all.length}  missed: ${lost.join(', ')}`,
    );
  }
}

try {
  await ensureBuilt();
  for (const name of wanted) composed(...name.split(':'));
  if (datasets !== undefined && existsSync(join(datasets, 'ground-truth.json'))) {
    const { datasets: sets } = JSON.parse(readFileSync(join(datasets, 'ground-truth.json'), 'utf8'));
    invictus(sets.find((set) => set.dataset === 'invictus-aws-dataset'));
    stratusLogs();
  } else say('precision: no datasets given, so only composed bundles were judged');
} finally {
  rmSync(work, { recursive: true, force: true });
}
