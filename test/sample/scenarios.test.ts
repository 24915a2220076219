import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/sample/random/random';
import { SCENARIOS } from '../../src/sample/scenarios';
import { Stage } from '../../src/sample/stage/stage';
import { composeWorld } from '../../src/sample/world/world';

const files = Object.keys(import.meta.glob('../../src/sample/scenarios/*.ts')).map((path) =>
  basename(path, '.ts'),
);

function play(id: string, seed: number, days: number): Stage {
  const random = new Random(`test/${seed}`);
  const stage = new Stage(composeWorld({ days, size: 0.1 }, random.fork('world')), random.fork('story'), 0.1);
  SCENARIOS.get(id)!.play(stage);
  return stage;
}

/** Stories without an intruder. */
const NOTHING_TO_FIND = ['quiet', 'odd-month', 'noisy-month'];

it('has every scenario under the name of its file', () => {
  expect([...SCENARIOS.keys()].sort()).toEqual(files.filter((f) => f !== 'index' && f !== 'scenario').sort());
});

describe.each([...SCENARIOS.keys()])('the scenario %s', (id) => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('ends within its bundle and tells the truth (seed %i)', (seed) => {
    const stage = play(id, seed, seed % 2 === 0 ? 30 : 7);
    const { start, end } = stage.world;
    for (const event of stage.events) {
      expect(event.time).toBeGreaterThanOrEqual(start);
      expect(event.time).toBeLessThan(end - 1200);
      expect(() => JSON.parse(event.text) as unknown).not.toThrow();
    }
    for (const flow of stage.flows) expect(flow.time).toBeLessThan(end);
    const byId = new Map(stage.events.map((e) => [e.eventId, e]));
    expect(byId.size).toBe(stage.events.length);
    expect(stage.incidents.length > 0).toBe(!NOTHING_TO_FIND.includes(id));
    const told = stage.incidents.flatMap((incident) => incident.finish(() => true) ?? []);
    expect(told.length).toBe(stage.incidents.length);
    const hostile = told.flatMap((t) => t.eventIds);
    expect(new Set(hostile).size).toBe(hostile.length);
    expect(hostile.every((event) => byId.has(event))).toBe(true);
    for (const { eventIds, firstIntrusion, techniques, entities } of told) {
      const times = eventIds.map((event) => byId.get(event)!.time);
      expect(byId.get(firstIntrusion!.eventId)!.time).toBe(Math.min(...times));
      expect(techniques.length).toBeGreaterThan(1);
      expect(entities.some((e) => e.type === 'address' && e.id === firstIntrusion!.ip)).toBe(true);
    }
  });
});
