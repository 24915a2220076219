import type { ReportExhibit } from '../model';
import type { Sheet } from './context';
import { breakable, escape } from './escape';
import { isPrinted } from './headings';
import { heading } from './section';
import { shortArn } from './format';

/** Every cited record by its key fields, its place and the hash of its file. */
export function exhibits(sheet: Sheet): string {
  const list = sheet.model.exhibits.map((x) => exhibit(sheet, x));
  const full = isPrinted(sheet.model, 's-records')
    ? 'The appendix prints each in full.'
    : 'The JSON form of this report and the evidence edition hold each in full.';
  return `<section id="s-exhibits">${heading(sheet, 's-exhibits')}<p>An exhibit is one record of the evidence: its key fields, its place (file and number of the record, counted from 1) and the SHA-256 of that file as it was read. ${full}</p>${list.join('') || '<p>None.</p>'}</section>`;
}

function exhibit({ exact, zone, model }: Sheet, x: ReportExhibit): string {
  const label = isPrinted(model, 's-records') ? `<a href="#r-${x.label}">${x.label}</a>` : x.label;
  const who = [x.principal === null ? '' : shortArn(x.principal), x.credential ?? ''].filter(Boolean);
  const where = [x.ip ?? '', x.region ?? '', x.account ?? ''].filter(Boolean);
  const outcome = x.error ? ` <span class="bad">${escape(x.error)}</span>` : '';
  const state = x.exact ? '' : ' <b>rebuilt from the case: the original could not be read</b>';
  const changed = x.hashMatches === false ? ' <b>the file has changed since it was read</b>' : '';
  return `<div class="exhibit" id="x-${x.label}"><b class="n">${label}</b><div><p><span class="t">${x.time ? `${exact(x.time)} ${escape(zone)}` : 'no time'}</span> <b>${breakable(x.action)}</b>${outcome}</p><p>${[...who, ...where].map(breakable).join(' &middot; ')}</p>${x.detail ? `<p class="detail">${breakable(x.detail)}</p>` : ''}<p class="place">${escape(x.kind)} record ${x.recordNo} of ${breakable(x.name)}${x.eventId ? ` &middot; id ${escape(x.eventId)}` : ''}<br>SHA-256 ${x.sha256}${state}${changed}</p></div></div>`;
}
