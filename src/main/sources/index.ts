import type { Source } from './source';

const modules = import.meta.glob<Source>('./*/index.ts', { eager: true, import: 'default' });

/** Every source by its id. */
export const sources: ReadonlyMap<string, Source> = new Map(
  Object.values(modules)
    .sort((a, b) => a.id.localeCompare(b.id))
    .map((source) => [source.id, source]),
);
