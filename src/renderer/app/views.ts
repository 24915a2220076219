import type { View } from '../workbench/view';

const modules = import.meta.glob<{ readonly default: View }>('../views/*/view.ts', { eager: true });

/** All views, collected from their folders; the activity bar shows those with an order. */
export const views: readonly View[] = Object.values(modules)
  .map((module) => module.default)
  .sort((a, b) => (a.order ?? 99) - (b.order ?? 99) || a.id.localeCompare(b.id));

export function viewById(id: string): View | undefined {
  return views.find((view) => view.id === id);
}
