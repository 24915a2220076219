import known from '../../../resources/attack/api-calls.json';
import type { Connection } from '../db/database';
import sql from './call-techniques.sql?raw';

const PATTERNS = (known.calls as [string, string, string[]][]).map(([service, pattern, techniques]) => ({
  service,
  pattern: new RegExp(pattern),
  techniques,
}));

/** ATT&CK v19 ids of what a call is by itself in an intruder's hands; none for most calls. */
export function techniquesOfCall(service: string, name: string): string[] {
  return PATTERNS.filter((p) => p.service === service && p.pattern.test(name)).flatMap((p) => p.techniques);
}

/** ATT&CK v19 ids of the intruder's own calls of an incident, whether a rule saw them or not. */
export async function techniquesOfCalls(connection: Connection, id: string): Promise<string[]> {
  const calls = await connection.rows<{ service: string; name: string }>(sql, { id });
  return [...new Set(calls.flatMap(({ service, name }) => techniquesOfCall(service, name)))];
}
