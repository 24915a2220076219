import { mean, shareText } from './intervals.mjs';

const percent = (x) => `${Math.round(100 * x)} %`;
const above = (noise) =>
  noise.filter(({ severity }) => severity === 'high' || severity === 'critical').length;

/** A measure of grouping: only where there is something to group. */
function grouped(runs, measure) {
  const told = runs.filter((run) => run.score.wanted.length > 0).map((run) => run.score[measure]);
  return told.length === 0 ? '-' : mean(told).toFixed(2);
}

function line(name, runs) {
  const wanted = runs.flatMap((run) => run.score.wanted);
  const hits = (test) => shareText(wanted.filter(test).length, wanted.length);
  const found = wanted.filter((w) => w.found);
  return [
    name,
    runs.length,
    hits((w) => w.found),
    hits((w) => w.exact === true),
    hits((w) => w.within5min === true),
    hits((w) => w.credential === true),
    mean(wanted.map((w) => (w.rank ? 1 / w.rank : 0))).toFixed(2),
    percent(mean(found.map((w) => w.recall))),
    mean(found.map((w) => w.foreign)).toFixed(1),
    percent(mean(found.map((w) => w.techniqueRecall))),
    grouped(runs, 'ari'),
    grouped(runs, 'pairF1'),
    `${mean(runs.map((run) => run.score.noise.length)).toFixed(1)} (${runs.reduce((n, run) => n + above(run.score.noise), 0)})`,
    runs.filter((run) => run.score.merged).length,
  ];
}

const HEAD = [
  'scenario',
  'bundles',
  'found',
  'first intrusion exact',
  'within 5 min',
  'right credential',
  'MRR',
  'event recall',
  'foreign events',
  'technique recall',
  'ARI',
  'pair F1',
  'noise a bundle (above medium)',
  'merged',
];

/** The results as a Markdown table: a line a scenario and one over all. */
export function table(runs) {
  const names = [...new Set(runs.map((run) => run.scenario))].sort();
  const lines = names.map((name) =>
    line(
      name,
      runs.filter((run) => run.scenario === name),
    ),
  );
  const withIncidents = runs.filter((run) => run.score.wanted.length > 0);
  const rows = [HEAD, HEAD.map(() => '---'), ...lines, line('**all with incidents**', withIncidents)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
