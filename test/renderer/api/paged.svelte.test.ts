import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { PagedRows } from '../../../src/renderer/api/paged.svelte';

/** Rows 0 to `total`, counted as they are asked for. */
function withRows(
  total: number,
  test: (rows: PagedRows<number>, asked: number[]) => Promise<void>,
): Promise<void> {
  const asked: number[] = [];
  let rows: PagedRows<number> | undefined;
  const end = $effect.root(() => {
    rows = new PagedRows<number>(
      { revision: 0 } as never,
      () => 'all',
      ({ offset, limit }) => {
        asked.push(offset);
        const size = Math.max(0, Math.min(limit, total - offset));
        return Promise.resolve({ total, rows: Array.from({ length: size }, (_, i) => offset + i) });
      },
    );
    flushSync();
  });
  return test(rows!, asked).finally(end);
}

describe('The first row that fits', () => {
  it('is found by halving, whatever page it is on', () =>
    withRows(100_000, async (rows, asked) => {
      await expect.poll(() => rows.length).toBe(100_000);
      expect(await rows.firstWhere((row) => row > 76_543)).toBe(76_544);
      expect(asked.length).toBeLessThan(12);
      expect(await rows.firstWhere(() => false)).toBe(100_000);
      expect(await rows.firstWhere(() => true)).toBe(0);
    }));
});

describe('A fast scroll', () => {
  it('reads where it stops, and not all that it passed by', () =>
    withRows(1_000_000, async (rows, asked) => {
      await expect.poll(() => rows.length).toBe(1_000_000);
      for (let page = 10; page < 60; page += 1) rows.at(page * 200);
      await expect.poll(() => rows.at(59 * 200 + 7)).toBe(59 * 200 + 7);
      expect(asked.length).toBeLessThan(8);
      // What was passed by is read once it is looked at again.
      expect(rows.at(30 * 200)).toBeUndefined();
      await expect.poll(() => rows.at(30 * 200)).toBe(30 * 200);
    }));
});
