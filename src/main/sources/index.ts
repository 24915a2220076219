import type { Source } from './source';

const modules = import.meta.glob<Source>('./*/index.ts', { eager: true, import: 'default' });

/** Every source by its id. */
export const sources: ReadonlyMap<string, Source> = new Map(
  Object.values(modules)
    .sort((a, b) => a.id.localeCompare(b.id))
    .map((source) => [source.id, source]),
);

const byShape: ReadonlyMap<string, Source> = new Map(
  [...sources.values()].flatMap((source) => source.shapes.map((shape) => [shape, source])),
);

/** The source whose records have a shape; null when no source reads it. */
export function sourceOfShape(shape: string): Source | null {
  return byShape.get(shape) ?? null;
}
