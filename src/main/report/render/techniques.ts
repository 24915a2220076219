import { TACTICS } from '../../../shared/model/tactic';
import type { Sheet } from './context';
import { escape } from './escape';
import { heading } from './section';

/** Every tactic of ATT&CK in its order with the techniques of this case; those without any stay as empty fields. */
export function techniques(sheet: Sheet): string {
  const { model } = sheet;
  const known = new Set<string>(TACTICS.map((t) => t.slug));
  const columns = [
    ...TACTICS.map(({ id, slug, name }) => ({
      id,
      name,
      own: model.techniques.filter((t) => t.tactic === slug),
    })),
    { id: '', name: 'Other', own: model.techniques.filter((t) => !known.has(t.tactic)) },
  ].filter(({ id, own }) => id !== '' || own.length > 0);
  const cells = columns.map(
    ({ id, name, own }) =>
      `<div class="${own.length === 0 ? 'none' : ''}"><b>${escape(name)}</b><i>${id}</i>${own.map((t) => `<p class="${t.severity}"><code>${escape(t.id)}</code> ${escape(t.name)} <span>${[t.findings || '', t.calls > 0 ? `${t.calls}\u00d7` : ''].filter(Boolean).join(' \u00b7 ')}</span></p>`).join('') || '<p class="no">not seen</p>'}</div>`,
  );
  return `<section id="s-techniques">${heading(sheet, 's-techniques')}<p>ATT&amp;CK ${model.tool.attack}, Enterprise. The bar shows the worst severity, the figure the number of findings, the one with × the calls of intruders that are the technique by themselves. A field without a technique means that no record of this evidence shows one, not that it did not happen.</p><div class="matrix">${cells.join('')}</div></section>`;
}
