import { mean, shareText } from './intervals.mjs';

/** SELECT of what scoring needs beside findings and incidents. */
export const FACTS = `SELECT
  (SELECT count(*) FROM (SELECT DISTINCT principal, CAST(event_time AS DATE) FROM calls WHERE NOT is_service AND principal_type <> 'service')) AS principal_days,
  (SELECT coalesce(sum(events), 0) FROM credentials WHERE kind <> 'service') AS calls,
  (SELECT coalesce(sum(events) FILTER (resolution IN ('root', 'resolved', 'service')), 0) FROM credentials WHERE kind <> 'service') AS resolved,
  (SELECT coalesce(sum(events) FILTER (resolution IN ('before-bundle', 'missing-account')), 0) FROM credentials WHERE kind <> 'service') AS explained`;

const SHOWN = new Set(['low', 'medium', 'high', 'critical']);

/** What one bundle's findings say: of the events that no intruder made, how many are flagged, and how often people are bothered. */
export function measureFindings(truth, findings, incidents, facts, universe) {
  const hostile = new Set(truth.incidents.flatMap((incident) => incident.eventIds));
  const shown = findings.filter((f) => f.kind !== 'baseline' && SHOWN.has(f.severity));
  const flagged = new Set(shown.flatMap((f) => f.eventIds));
  const touches = (f) => f.eventIds.some((id) => hostile.has(id));
  const travel = findings.filter((f) => f.ruleId === 'ct-ia-016');
  const told = incidents.flatMap((incident) => incident.eventIds);
  return {
    hostileFlagged: [...flagged].filter((id) => hostile.has(id)).length,
    hostile: hostile.size,
    othersFlagged: [...flagged].filter((id) => !hostile.has(id)).length,
    others: Math.max(0, universe - hostile.size),
    benignFindings: shown.filter((f) => !touches(f)).length,
    principalDays: Number(facts.principal_days),
    calls: Number(facts.calls),
    resolved: Number(facts.resolved),
    explained: Number(facts.explained),
    travel: travel.length,
    travelHits: travel.filter(touches).length,
    foreignEvents: told.filter((id) => !hostile.has(id)).length,
    toldEvents: told.length,
  };
}

/** Percentile bootstrap of a mean, 95 %, always with the same draws. */
function bootstrapText(values) {
  if (values.length === 0) return '-';
  let state = 42;
  const draw = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * values.length);
  };
  const means = Array.from({ length: 2000 }, () => mean(values.map(() => values[draw()]))).sort(
    (a, b) => a - b,
  );
  return `${mean(values).toFixed(2)} (${means[50].toFixed(2)}-${means[1949].toFixed(2)})`;
}

/** The measures over all bundles as lines of a Markdown table. */
export function summary(runs) {
  const sum = (key) => runs.reduce((total, run) => total + run.measures[key], 0);
  const wanted = runs.flatMap((run) => run.score.wanted);
  const found = wanted.filter((w) => w.found);
  const withIncidents = runs.filter((run) => run.score.wanted.length > 0);
  const empty = runs.filter((run) => run.score.wanted.length === 0);
  const noise = runs.flatMap((run) => run.score.noise);
  const loud = (list) => list.filter((n) => n.severity === 'high' || n.severity === 'critical');
  const share = (test, list = wanted) => shareText(list.filter(test).length, list.length);
  const rows = [
    ['incidents found', share((w) => w.found)],
    ['first intrusion exact', share((w) => w.exact === true)],
    ['first intrusion within 5 minutes', share((w) => w.within5min === true)],
    ['right credential', share((w) => w.credential === true)],
    ['mean reciprocal rank', bootstrapText(wanted.map((w) => (w.rank ? 1 / w.rank : 0)))],
    ['event recall of found incidents', bootstrapText(found.map((w) => w.recall))],
    ['technique recall of found incidents', bootstrapText(found.map((w) => w.techniqueRecall))],
    ['ARI of bundles with an intruder', bootstrapText(withIncidents.map((run) => run.score.ari))],
    ['pairwise F1 of bundles with an intruder', bootstrapText(withIncidents.map((run) => run.score.pairF1))],
    ['two intruders in one incident', share((run) => run.score.merged, withIncidents)],
    [
      'over-merge: foreign events among those of incidents',
      shareText(sum('foreignEvents'), sum('toldEvents')),
    ],
    ['false discovery: incidents without an intruder', shareText(noise.length, noise.length + found.length)],
    ['the same above medium', shareText(loud(noise).length, noise.length + found.length)],
    [
      'bundles with nothing to find and an incident above medium',
      share((run) => loud(run.score.noise).length > 0, empty),
    ],
    ['hostile events flagged by a finding', shareText(sum('hostileFlagged'), sum('hostile'))],
    ['other events flagged', shareText(sum('othersFlagged'), sum('others'))],
    [
      'findings about others, a principal-day',
      (sum('benignFindings') / Math.max(1, sum('principalDays'))).toFixed(3),
    ],
    ['calls with a resolved root credential', shareText(sum('resolved'), sum('calls'))],
    [
      'calls whose chain ends before the bundle or in a missing account',
      shareText(sum('explained'), sum('calls')),
    ],
    ['impossible travel that is hostile', shareText(sum('travelHits'), sum('travel'))],
  ];
  return [['measure', 'value'], ['---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
