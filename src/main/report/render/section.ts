import type { Sheet } from './context';
import { escape } from './escape';
import { headings } from './headings';

/** The numbered title of a section as the contents name it. Second-level titles carry the id that links point at. */
export function heading({ model }: Sheet, id: string): string {
  const found = headings(model).find((h) => h.id === id);
  if (!found) return '';
  const text = `<span class="no">${found.number}</span>${escape(found.title)}`;
  return found.level === 1 ? `<h1>${text}</h1>` : `<h2 id="${id}">${text}</h2>`;
}
