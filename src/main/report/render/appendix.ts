import type { Sheet } from './context';
import { breakable, escape } from './escape';
import { bytes, count } from './format';
import { heading } from './section';
import { table } from './table';

/** Each cited record in full. */
export function records(sheet: Sheet): string {
  const list = sheet.model.exhibits.map(
    (x) =>
      `<div class="record" id="r-${x.label}"><h3>Exhibit ${x.label}</h3><p class="note">${escape(x.kind)} record ${x.recordNo} of ${breakable(x.name)}. ${x.exact ? 'Read from the original; indentation added, secrets masked.' : 'The original could not be read; rebuilt from the case.'}</p><pre>${escape(x.record)}</pre></div>`,
  );
  return `<section id="s-records">${heading(sheet, 's-records')}${list.join('') || '<p>None.</p>'}</section>`;
}

/** Every imported file with its hash. */
export function files(sheet: Sheet): string {
  const rows = sheet.model.evidence.files.map((f) => [
    breakable(f.path),
    bytes(f.bytes),
    count(f.records),
    f.sha256,
  ]);
  return `<section id="s-files">${heading(sheet, 's-files')}${table([{ title: 'File' }, { title: 'Size', kind: 'num', width: 9 }, { title: 'Records', kind: 'num', width: 9 }, { title: 'SHA-256', kind: 'mono', width: 36 }], rows)}</section>`;
}
