import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { Scrubber } from '../../../src/renderer/workbench/scrubber.svelte';

const range = { from: '2025-04-19T00:00:00.000000Z', to: '2025-04-20T00:00:00.000000Z' };
const START = Date.parse('2025-04-19T00:00:00Z');
const HOUR = 3_600_000;

function withScrubber(test: (scrubber: Scrubber) => void): void {
  const end = $effect.root(() => {
    const scrubber = new Scrubber();
    flushSync();
    test(scrubber);
  });
  end();
}

describe('The one moment that is played', () => {
  it('walks over the named moments of its span in their order, each once', () => {
    withScrubber((scrubber) => {
      expect(scrubber.moment).toBeNull();
      const at = [5, 1, 1, 99].map((hours) => START + hours * HOUR);
      scrubber.start(range, at);
      expect(scrubber.moment).toBe(START + HOUR);
      scrubber.advance();
      expect(scrubber.moment).toBe(START + 5 * HOUR);
      scrubber.advance();
      expect(scrubber.isPlaying).toBe(false);
      scrubber.toggle();
      expect(scrubber.moment).toBe(START + HOUR);
      scrubber.close();
      expect(scrubber.moment).toBeNull();
    });
  });

  it('walks in equal steps where nothing is named, and stops where it is put', () => {
    withScrubber((scrubber) => {
      scrubber.start(range);
      expect(scrubber.moment).toBe(START);
      scrubber.goTo(scrubber.last / 2);
      expect(scrubber.moment).toBe(START + 12 * HOUR);
      expect(scrubber.isPlaying).toBe(false);
      scrubber.goTo(10_000);
      expect(scrubber.moment).toBe(START + 24 * HOUR);
    });
  });
});
