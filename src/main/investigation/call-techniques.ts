import known from '../../../resources/attack/api-calls.json';
import type { IncidentProcedure } from '../../shared/model/incident';
import { tacticRank } from '../../shared/model/tactic';
import type { Connection } from '../db/database';
import { technique } from '../detections/techniques';
import sql from './call-techniques.sql?raw';
import type { ExhibitBook, Place } from './exhibits';

const PATTERNS = (known.calls as [string, string, string[]][]).map(([service, pattern, techniques]) => ({
  service,
  pattern: new RegExp(pattern),
  techniques,
}));

interface Call {
  readonly service: string;
  readonly name: string;
  readonly calls: number;
  readonly failed: number;
  readonly place: Place;
}

/** ATT&CK v19 ids of what a call is by itself in an intruder's hands; none for most calls. */
export function techniquesOfCall(service: string, name: string): string[] {
  return PATTERNS.filter((p) => p.service === service && p.pattern.test(name)).flatMap((p) => p.techniques);
}

/**
 * What the intruder's own calls of an incident are in terms of ATT&CK, whether a rule saw them or not: one entry a
 * technique in kill-chain order, with its calls in the order of their first, and the first of all as its exhibit.
 */
export async function tellProcedures(
  connection: Connection,
  id: string,
  book: ExhibitBook,
): Promise<IncidentProcedure[]> {
  const byTechnique = new Map<string, Call[]>();
  for (const call of await connection.rows<Call>(sql, { id }))
    for (const of of techniquesOfCall(call.service, call.name))
      byTechnique.set(of, [...(byTechnique.get(of) ?? []), call]);
  const told: IncidentProcedure[] = [];
  for (const [of, calls] of byTechnique)
    told.push({
      technique: of,
      name: technique(of)?.name ?? of,
      tactic: technique(of)?.tactics[0] ?? '',
      calls: calls.reduce((sum, c) => sum + c.calls, 0),
      failed: calls.reduce((sum, c) => sum + c.failed, 0),
      apis: calls.map((c) => c.name),
      exhibits: await book.cite(calls.slice(0, 1).map((c) => c.place)),
    });
  return told.sort(
    (a, b) => tacticRank(a.tactic) - tacticRank(b.tactic) || a.technique.localeCompare(b.technique),
  );
}
