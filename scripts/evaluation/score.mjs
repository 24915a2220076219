/** Parent of a sub-technique: T1078 of T1078.004. */
const parent = (technique) => technique.split('.')[0];

function choose2(n) {
  return (n * (n - 1)) / 2;
}

/**
 * Adjusted Rand index and pairwise F1 of two labellings of `universe` events; an event without a label is alone.
 * `truth` and `told`: Map of event id to label.
 */
function agreement(truth, told, universe) {
  const ids = new Set([...truth.keys(), ...told.keys()]);
  const cells = new Map();
  const rows = new Map();
  const columns = new Map();
  const bump = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  for (const id of ids) {
    const a = truth.get(id) ?? `alone ${id}`;
    const b = told.get(id) ?? `alone ${id}`;
    bump(cells, `${a}\n${b}`);
    bump(rows, a);
    bump(columns, b);
  }
  const pairs = (map) => [...map.values()].reduce((sum, n) => sum + choose2(n), 0);
  const both = pairs(cells);
  const inTruth = pairs(rows);
  const inTold = pairs(columns);
  const all = choose2(Math.max(universe, ids.size));
  const expected = all === 0 ? 0 : (inTruth * inTold) / all;
  const best = (inTruth + inTold) / 2;
  return {
    ari: best === expected ? 1 : (both - expected) / (best - expected),
    pairF1: inTruth + inTold === 0 ? 1 : (2 * both) / (inTruth + inTold),
  };
}

function labels(incidents, nameOf) {
  return new Map(incidents.flatMap((incident) => incident.eventIds.map((id) => [id, nameOf(incident)])));
}

/** One incident of the truth against the incident that shares most of its events. */
function scoreIncident(wanted, incidents) {
  const ids = new Set(wanted.eventIds);
  const found = incidents
    .map((incident, rank) => ({
      incident,
      rank: rank + 1,
      shared: incident.eventIds.filter((id) => ids.has(id)).length,
    }))
    .sort((a, b) => b.shared - a.shared)[0];
  if (!found || found.shared === 0)
    return { name: wanted.name, found: false, rank: null, recall: 0, foreign: 0 };
  const { incident, shared } = found;
  const first = incident.firstIntrusion;
  const truth = wanted.firstIntrusion;
  const told = new Set(incident.techniques.map(parent));
  const techniques = [...new Set(wanted.techniques.map(parent))];
  return {
    name: wanted.name,
    found: true,
    id: incident.id,
    rank: found.rank,
    severity: incident.severity,
    exact: first?.eventId === truth?.eventId,
    within5min: first ? Math.abs(Date.parse(first.time) - Date.parse(truth.time)) <= 300_000 : false,
    credential: first?.credential === truth?.credential || first?.principal === truth?.principal,
    recall: shared / ids.size,
    foreign: incident.eventIds.length - shared,
    techniqueRecall: techniques.filter((t) => told.has(t)).length / Math.max(1, techniques.length),
  };
}

/** What a bundle's incidents got right, by its truth file; `universe`: how many CloudTrail events it has. */
export function scoreBundle(truth, incidents, universe) {
  const wanted = truth.incidents.map((incident) => scoreIncident(incident, incidents));
  const right = new Set(wanted.flatMap((w) => w.id ?? []));
  const noise = incidents.filter((incident) => !right.has(incident.id));
  const benign = new Set(truth.benign.flatMap((b) => b.eventIds ?? []));
  return {
    wanted,
    merged: right.size < wanted.filter((w) => w.found).length,
    noise: noise.map(({ id, title, severity }) => ({ id, title, severity })),
    redHerrings: incidents
      .filter((i) => right.has(i.id))
      .flatMap((i) => i.eventIds.filter((id) => benign.has(id))).length,
    ...agreement(
      labels(truth.incidents, (i) => i.name),
      labels(incidents, (i) => i.id),
      universe,
    ),
  };
}
