import type { AnalysisContext } from '../case/analysis-context';
import type { Connection } from '../db/database';
import { components } from './components';
import { linkFindings, type Link, type Linkable } from './link';
import linkablesSql from './linkables.sql?raw';

/** Links of at least this weight join two findings. */
export const THRESHOLD = 0.3;
const LOW = 1;
const BATCH = 200;

/** Creates group_edges and incident_members; a group needs a finding above low, or several tactics (investigation judges). */
export async function groupFindings({ connection, progress }: AnalysisContext): Promise<void> {
  progress('Grouping findings', 0);
  const rows = await connection.rows<Linkable & { entities: string[] }>(linkablesSql);
  const findings = rows.filter((f) => f.severity >= LOW);
  const links = linkFindings(findings);
  const groups = components(findings.map((f) => f.id), links, THRESHOLD);
  const byId = new Map(findings.map((f) => [f.id, f]));
  await connection.run('DELETE FROM group_edges; DELETE FROM incident_members');
  const members: [string, string][] = [];
  for (const group of groups) {
    const known = group.flatMap((id) => byId.get(id) ?? []);
    const first = [...known].sort((a, b) => a.hour - b.hour || a.id.localeCompare(b.id))[0];
    if (!first || Math.max(...known.map((f) => f.severity)) <= LOW) continue;
    const incident = `inc-${first.id.replace(/[^\w]/g, '').slice(-12)}`;
    for (const id of group) members.push([incident, id]);
  }
  await insertMembers(connection, members);
  const grouped = new Map(members.map(([incident, id]) => [id, incident]));
  await insertLinks(connection, links.filter((l) => l.weight >= THRESHOLD && grouped.has(l.a) && grouped.get(l.a) === grouped.get(l.b)));
}

async function insertMembers(connection: Connection, members: readonly [string, string][]): Promise<void> {
  for (let i = 0; i < members.length; i += BATCH) {
    const part = members.slice(i, i + BATCH);
    const params = Object.fromEntries(part.flatMap(([incident, id], k) => [[`i${k}`, incident], [`f${k}`, id]]));
    await connection.run(`INSERT INTO incident_members VALUES ${part.map((_, k) => `($i${k}, $f${k})`).join(', ')}`, params);
  }
}

async function insertLinks(connection: Connection, links: readonly Link[]): Promise<void> {
  for (let i = 0; i < links.length; i += BATCH) {
    const part = links.slice(i, i + BATCH);
    const params = Object.fromEntries(
      part.flatMap((l, k) => [[`a${k}`, l.a], [`b${k}`, l.b], [`w${k}`, l.weight], [`r${k}`, JSON.stringify(l.reasons)]]),
    );
    await connection.run(`INSERT INTO group_edges VALUES ${part.map((_, k) => `($a${k}, $b${k}, $w${k}, CAST($r${k} AS JSON))`).join(', ')}`, params);
  }
}
