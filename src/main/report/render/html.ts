import type { ReportModel } from '../model';
import { files, records } from './appendix';
import { glossary, issues, method, signatures } from './closing';
import { sheetOf, type Sheet } from './context';
import { contents, cover } from './cover';
import { escape } from './escape';
import { evidence } from './evidence';
import { exhibits } from './exhibits';
import { headings } from './headings';
import { incidentSection } from './incident';
import { notes } from './notes';
import screenCss from './screen.css?raw';
import css from './style.css?raw';
import { summary } from './summary';
import { techniques } from './techniques';

/** What a page of the HTML edition may do: show itself. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const SECTIONS: Readonly<Record<string, (sheet: Sheet) => string>> = {
  's-summary': summary,
  's-techniques': techniques,
  's-notes': notes,
  's-exhibits': exhibits,
  's-evidence': evidence,
  's-issues': issues,
  's-method': method,
  's-glossary': glossary,
  's-sign': signatures,
  's-records': records,
  's-files': files,
};

/** The report as one self-contained page for printing. `pages` gives the page of each section, when known. */
export function renderReportHtml(model: ReportModel, pages: ReadonlyMap<string, number>): string {
  return page(model, css, body(sheetOf(model, pages)));
}

/** The report as one self-contained page to be read in a browser: no script, no request to anywhere. */
export function renderReportPage(model: ReportModel): string {
  return page(model, `${css}\n${screenCss}`, body(sheetOf(model, new Map())));
}

function page(model: ReportModel, style: string, text: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer"><title>${escape(model.title)}</title><style>${style}</style></head><body>${text}</body></html>`;
}

function body(sheet: Sheet): string {
  const { model } = sheet;
  const drawn = headings(model)
    .filter((h) => h.level === 1)
    .map(({ id }) => {
      const incident = model.incidents.find((r) => id === `s-incident-${r.index}`);
      return incident ? incidentSection(sheet, incident) : (SECTIONS[id]?.(sheet) ?? '');
    });
  return withoutDeadLinks([cover(sheet), contents(sheet), ...drawn].join('\n'));
}

/** What points at a section that was not chosen stays as text. */
function withoutDeadLinks(text: string): string {
  const defined = new Set([...text.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]));
  return text.replace(/<a href="#([^"]+)">([\s\S]*?)<\/a>/g, (link, id: string, inner: string) =>
    defined.has(id) ? link : inner,
  );
}
