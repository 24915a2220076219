import { GAP_CAUSES } from '../../../shared/model/gap-cause';
import type { Sheet } from './context';
import { breakable, escape } from './escape';
import { count } from './format';
import { table } from './table';

/** Rows that the PDF prints of each table; the JSON holds more. */
const ROWS = 60;

/** Times of which records are missing or may be. */
export function gaps({ model, clock, zone }: Sheet): string {
  const all = model.evidence.gaps;
  const rows = all
    .slice(0, ROWS)
    .map((g) => [
      `${g.from ? clock(g.from) : 'not known'}<br>${g.to ? clock(g.to) : ''}`,
      escape(g.source),
      `${escape(g.account)} ${escape(g.region || 'any Region')}`,
      GAP_CAUSES[g.cause] ?? escape(g.cause),
      count(g.records),
      breakable(g.detail),
    ]);
  if (rows.length === 0)
    return '<h3>Times without records</h3><p>No log of this evidence falls silent against its rhythm, was switched off, or lacks files that are known of.</p>';
  const more =
    all.length > ROWS ? `<p class="note">${count(all.length - ROWS)} more are in the JSON form.</p>` : '';
  return `<h3>Times without records</h3><p>Of these times records are missing or may be; some may be there nevertheless. That a record is not here does not mean that nothing happened.</p>${table(
    [
      { title: `From and to (${escape(zone)})`, kind: 'time', width: 18 },
      { title: 'Log', width: 11 },
      { title: 'Account and Region', width: 17 },
      { title: 'Cause', width: 15 },
      { title: 'Records', kind: 'num', width: 8 },
      { title: 'What was found' },
    ],
    rows,
  )}${more}`;
}

/** What CloudTrail's digest files prove. */
export function digests({ model, clock, zone }: Sheet): string {
  const { digests: files, logs, notValid } = model.evidence.digests;
  const total = sum(files);
  if (total === 0)
    return '<h3>Log file validation</h3><p>No CloudTrail digest file is in this evidence: whether the log files are those that AWS delivered is not proven by it.</p>';
  const said = `${count(total)} digest files: ${counts(files)}. Log files by them: ${counts(logs)}.`;
  const shown = notValid.filter(({ kind, state }) => kind !== 'digest' || state !== 'unsigned');
  const rows = shown
    .slice(0, ROWS)
    .map((n) => [
      `${n.first ? clock(n.first) : ''}<br>${n.last ? clock(n.last) : ''}`,
      `<span class="${n.state === 'changed' ? 'bad' : ''}">${escape(n.kind)} ${escape(n.state)}</span>`,
      breakable(n.object ?? n.path ?? ''),
      breakable(n.detail),
    ]);
  const more =
    shown.length > ROWS ? `<p class="note">${count(shown.length - ROWS)} more are in the JSON form.</p>` : '';
  return `<h3>Log file validation</h3><p>${said} A log file is valid when the hash of its content is the one in a digest, a digest when the one after it holds its hash and a signature by CloudTrail's key; the last digest of each chain is not signed by another one.</p>${table(
    [
      { title: `Time (${escape(zone)})`, kind: 'time', width: 18 },
      { title: 'State', width: 14 },
      { title: 'Object', width: 34 },
      { title: 'What was found' },
    ],
    rows,
  )}${more}`;
}

function sum(states: Readonly<Record<string, number>>): number {
  return Object.values(states).reduce((total, n) => total + n, 0);
}

function counts(states: Readonly<Record<string, number>>): string {
  const told = Object.entries(states).map(([state, n]) => `${count(n)} ${escape(state)}`);
  return told.join(', ') || 'none';
}
