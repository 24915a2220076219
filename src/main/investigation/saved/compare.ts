import type { Investigation, InvestigationComparison } from '../../../shared/contract/investigation';
import { inShort, type Kept } from './store';

/** The facts of an investigation that can be compared: kind and what -> how it stands. */
function factsOf(investigation: Investigation): Map<string, string> {
  const facts = new Map<string, string>([['severity\n', investigation.severity]]);
  for (const { type, detail } of investigation.indicators) {
    if (type === 'TTP_OBSERVED') continue;
    const [value] = Object.values(detail);
    facts.set(`${type}\n${String(value)}`, 'seen');
  }
  for (const ttp of investigation.ttps) {
    const key = `TTP_OBSERVED\n${ttp.technique} ${ttp.procedure}`;
    const [ok, failed] = (facts.get(key) ?? '0 succeeded, 0 failed').match(/\d+/g) ?? [];
    facts.set(
      key,
      `${Number(ok ?? 0) + ttp.successes} succeeded, ${Number(failed ?? 0) + ttp.failures} failed`,
    );
  }
  for (const r of investigation.reach.resources)
    facts.set(`reached ${r.type}\n${r.id}`, `${r.reads} reads, ${r.writes} writes, ${r.refused} refused`);
  for (const u of investigation.unusual)
    facts.set(`unusual ${u.kind}\n${u.principal} ${u.hour}`, `${u.succeeded} succeeded, ${u.failed} failed`);
  return facts;
}

/** What differs between two investigations, of one entity at two times or of two entities. */
export function compareKept(before: Kept, after: Kept): InvestigationComparison {
  const [a, b] = [factsOf(before.investigation), factsOf(after.investigation)];
  const differences: InvestigationComparison['differences'] = [];
  let same = 0;
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [old = null, now = null] = [a.get(key), b.get(key)];
    const [kind = '', what = ''] = key.split('\n');
    if (old === now) same += 1;
    else differences.push({ kind, what, before: old, after: now });
  }
  differences.sort((x, y) => x.kind.localeCompare(y.kind) || x.what.localeCompare(y.what));
  return { before: inShort(before), after: inShort(after), same, differences };
}
