import type { Scenario } from './scenario';

const files = import.meta.glob<Scenario>(['./*.ts', '!./index.ts', '!./scenario.ts'], {
  eager: true,
  import: 'default',
});

/** Every scenario, by id. */
export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  Object.values(files)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((scenario) => [scenario.id, scenario]),
);
