import { parseMarkdown, type Block, type Inline } from '../../../shared/text/markdown';
import { STANCES } from '../../../shared/model/hypothesis';
import type { ReportHypothesis, ReportNote } from '../model';
import type { Sheet } from './context';
import { breakable, escape } from './escape';
import { heading } from './section';

const VERDICTS: Readonly<Record<string, string>> = {
  'true-positive': 'True positive',
  benign: 'Benign',
  unsure: 'Unsure',
};

/** What the analysts wrote, by what it is about: their judgement, apart from what the evidence shows. */
export function notes(sheet: Sheet): string {
  const { notes: all, hypotheses } = sheet.model;
  if (all.length + hypotheses.length === 0) return '';
  const subjects = new Map<string, ReportNote[]>();
  for (const note of all) {
    const key = `${note.subjectKind}|${note.about}`;
    subjects.set(key, [...(subjects.get(key) ?? []), note]);
  }
  const parts = [...subjects.values()].map((list) => about(sheet, list));
  return `<section class="flow" id="s-notes">${heading(sheet, 's-notes')}<p class="note">Written by the analysts named, about the thing named. This is their judgement, not evidence.</p>${hypotheses.map((h) => hypothesis(sheet, h)).join('')}${parts.join('')}</section>`;
}

function hypothesis(
  sheet: Sheet,
  { statement, state, author, changedAt, arguments: said }: ReportHypothesis,
): string {
  const sides = STANCES.map((stance) => {
    const own = said.filter((a) => a.stance === stance);
    const items = own.map(
      ({ subjectKind, about: what, why, author: by }) =>
        `<li>${breakable(what)} <span class="note">${escape(subjectKind)}, ${escape(by)}</span>${why === '' ? '' : `<br>${escape(why)}`}</li>`,
    );
    return `<p><b>${stance === 'for' ? 'For' : 'Against'}</b></p>${items.length === 0 ? '<p class="note">Nothing was named.</p>' : `<ul>${items.join('')}</ul>`}`;
  });
  return `<h3>Hypothesis: ${escape(statement)}</h3><p><b>${escape(state)}</b> <span class="note">${escape(author)}, ${sheet.clock(changedAt)}</span></p><div class="halves">${sides.map((side) => `<div>${side}</div>`).join('')}</div>`;
}

function about(sheet: Sheet, list: readonly ReportNote[]): string {
  const [first] = list;
  if (!first) return '';
  const by = ({ author, changedAt }: ReportNote) => `${escape(author)}, ${sheet.clock(changedAt)}`;
  const verdicts = list
    .filter((n) => n.kind === 'verdict')
    .map((n) => `<p><b>${escape(VERDICTS[n.text] ?? n.text)}</b> <span class="note">${by(n)}</span></p>`);
  const tags = list.filter((n) => n.kind === 'tag').map((n) => escape(n.text));
  const texts = list
    .filter((n) => n.kind === 'note')
    .map((n) => `<div class="box">${blocks(parseMarkdown(n.text))}<p class="note">${by(n)}</p></div>`);
  const kind = first.subjectKind === 'case' ? '' : ` <span class="note">${escape(first.subjectKind)}</span>`;
  return `<h3>${breakable(first.about)}${kind}</h3>${verdicts.join('')}${tags.length === 0 ? '' : `<p>Tags: ${tags.join(', ')}</p>`}${texts.join('')}`;
}

function blocks(list: readonly Block[]): string {
  return list.map(block).join('');
}

function block(part: Block): string {
  switch (part.kind) {
    case 'paragraph':
      return `<p>${inlines(part.parts)}</p>`;
    case 'heading':
      return `<p><b>${inlines(part.parts)}</b></p>`;
    case 'code':
      return `<pre>${escape(part.text)}</pre>`;
    case 'quote':
      return `<blockquote>${blocks(part.blocks)}</blockquote>`;
    case 'list': {
      const tag = part.ordered ? 'ol' : 'ul';
      return `<${tag}>${part.items.map((item) => `<li>${blocks(item)}</li>`).join('')}</${tag}>`;
    }
    case 'table': {
      const row = (tag: 'th' | 'td', cells: readonly (readonly Inline[])[]) =>
        `<tr>${cells.map((cell) => `<${tag}>${inlines(cell)}</${tag}>`).join('')}</tr>`;
      return `<table>${row('th', part.head)}${part.rows.map((cells) => row('td', cells)).join('')}</table>`;
    }
    case 'rule':
      return '<hr>';
  }
}

function inlines(list: readonly Inline[]): string {
  return list.map(inline).join('');
}

/** Links are printed with their target and lead nowhere. */
function inline(part: Inline): string {
  switch (part.kind) {
    case 'text':
      return escape(part.text);
    case 'code':
      return `<code>${escape(part.text)}</code>`;
    case 'break':
      return '<br>';
    case 'link':
      return `${inlines(part.parts)} (${breakable(part.href)})`;
    case 'strong':
      return `<b>${inlines(part.parts)}</b>`;
    case 'em':
      return `<i>${inlines(part.parts)}</i>`;
    case 'del':
      return `<del>${inlines(part.parts)}</del>`;
  }
}
