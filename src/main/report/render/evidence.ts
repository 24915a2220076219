import type { Sheet } from './context';
import { coverageFigure } from './coverage-figure';
import { breakable, escape } from './escape';
import { bytes, count, shortArn } from './format';
import { digests, gaps } from './gaps';
import { isPrinted } from './headings';
import { heading } from './section';
import { table } from './table';

/** Files that the technical edition prints: those with cited records. */
const FILE_ROWS = 60;

export function evidence(sheet: Sheet): string {
  return `<section class="flow" id="s-evidence">${heading(sheet, 's-evidence')}${sources(sheet)}${coverage(sheet)}${blind(sheet)}${gaps(sheet)}${digests(sheet)}${citedFiles(sheet)}</section>`;
}

function sources({ model, clock, zone }: Sheet): string {
  const e = model.evidence;
  const states = e.states.map((s) => `${count(s.files)} ${escape(s.state)}`).join(', ');
  const rows = e.sources.map((s) => [
    `<b>${escape(s.source)}</b><br><span class="note">${s.accounts.length} accounts, ${s.regions.length} Regions</span>`,
    count(s.files),
    count(s.records),
    count(s.unique),
    count(s.duplicates),
    count(s.issueRecords),
    `${s.first ? clock(s.first) : ''}<br>${s.last ? clock(s.last) : ''}`,
  ]);
  const accounts = [...new Set(e.sources.flatMap((s) => s.accounts))].filter(Boolean).sort();
  const regions = [...new Set(e.sources.flatMap((s) => s.regions))].filter(Boolean).sort();
  return `<p>Files looked at: ${states}. Every original was hashed (SHA-256) in the same read that imported it. Records are counted once; copies are records that were delivered more than once with the same id and content.</p>${table(
    [
      { title: 'Source' },
      { title: 'Files', kind: 'num' },
      { title: 'Records', kind: 'num' },
      { title: 'Unique', kind: 'num' },
      { title: 'Copies', kind: 'num' },
      { title: 'Unreadable', kind: 'num' },
      { title: `First and last (${escape(zone)})`, kind: 'time' },
    ],
    rows,
  )}<p class="note">Accounts: ${escape(list(accounts))}. Regions: ${escape(list(regions))}.</p>`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 30).join(', ');
  return names.length > 30 ? `${shown} and ${names.length - 30} more` : shown || 'none';
}

function coverage({ model }: Sheet): string {
  const { svg, hidden } = coverageFigure(model.evidence.coverage);
  return `<h3>Coverage</h3><figure>${svg}<figcaption>Records a day (UTC) by source, account and Region; the darker, the more. White: none.${hidden > 0 ? ` ${hidden} quieter rows are not drawn.` : ''}</figcaption></figure>`;
}

function blind({ model, clock, zone }: Sheet): string {
  const rows = model.evidence.blind.map((b) => [
    clock(b.time),
    escape(b.action),
    `${escape(b.account)} ${escape(b.region)}`,
    breakable(shortArn(b.principal ?? '')),
    b.error ? `<span class="bad">${escape(b.error)}</span>` : 'done',
  ]);
  return rows.length === 0
    ? '<h3>Changes to logging</h3><p>No call of this evidence switched a log off, narrowed it or deleted it.</p>'
    : `<h3>Changes to logging</h3><p>From these calls on, the evidence may be blind to what they cover.</p>${table([{ title: `Time (${escape(zone)})`, kind: 'time', width: 18 }, { title: 'Call', width: 22 }, { title: 'Account and Region', width: 22 }, { title: 'Who' }, { title: 'Outcome', width: 17 }], rows)}`;
}

/** The files that exhibits come from; every file is in the evidence edition and in JSON. */
function citedFiles({ model }: Sheet): string {
  if (!isPrinted(model, 's-exhibits')) return '';
  const cited = new Map<string, { sha256: string; exhibits: number }>();
  for (const { name, sha256 } of model.exhibits)
    cited.set(name, { sha256, exhibits: (cited.get(name)?.exhibits ?? 0) + 1 });
  const known = new Map(model.evidence.files.map((f) => [f.sha256, f]));
  const rows = [...cited].slice(0, FILE_ROWS).map(([file, { sha256, exhibits }]) => {
    const entry = known.get(sha256);
    return [breakable(file), entry ? bytes(entry.bytes) : '', count(exhibits), sha256];
  });
  const more = cited.size - rows.length;
  return rows.length === 0
    ? ''
    : `<h3>Files with exhibits</h3>${table([{ title: 'File' }, { title: 'Size', kind: 'num', width: 9 }, { title: 'Exhibits', kind: 'num', width: 8 }, { title: 'SHA-256', kind: 'mono', width: 36 }], rows)}<p class="note">${more > 0 ? `${count(more)} more files hold exhibits. ` : ''}All ${count(model.evidence.files.length)} imported files with their hashes are in the JSON form and in the evidence edition.</p>`;
}
