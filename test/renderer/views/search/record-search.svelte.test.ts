import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../../../../src/renderer/api/client';
import { RecordSearch } from '../../../../src/renderer/views/search/record-search.svelte';
import type { RequestOf, ResponseOf } from '../../../../src/shared/contract/index';

type Stretch = ResponseOf<'search/records'>;

const stretch = (
  times: readonly string[],
  rest: Partial<Omit<Stretch, 'records'>> & { total?: number },
): Stretch => ({
  records: {
    names: ['event_time', 'source', 'file_id', 'record_no'],
    columns: [[...times], times.map(() => 'cloudtrail'), times.map(() => 1), times.map((_, i) => i)],
    rowCount: times.length,
    total: rest.total ?? times.length,
  },
  next: rest.next ?? null,
  steps: rest.steps ?? 3,
  share: rest.share ?? 1,
});

function searchOf(text = 'x') {
  const answers: ((value: Stretch) => void)[] = [];
  const requests: RequestOf<'search/records'>[] = [];
  const call = vi.fn((_: string, request: RequestOf<'search/records'>) => {
    requests.push(request);
    return new Promise<Stretch>((resolve) => answers.push(resolve));
  });
  let search: RecordSearch | undefined;
  const host = { client: { call } as unknown as Client, revision: 0 };
  const end = $effect.root(() => {
    search = new RecordSearch(host, () => (text === '' ? null : { text, scope: null }));
  });
  flushSync();
  const answer = async (value: Stretch) => {
    answers.shift()?.(value);
    for (let i = 0; i < 4; i += 1) await Promise.resolve();
    flushSync();
  };
  return { search: search!, requests, answer, end };
}

describe('a search in records', () => {
  it('shows what is found stretch by stretch, the newest first, and ends with the last', async () => {
    const { search, requests, answer, end } = searchOf();
    await answer(stretch(['2025-01-02T00:00:00Z'], { next: 1, share: 0.4 }));
    expect([search.running, search.total, search.share]).toEqual([true, 1, 0.4]);
    await answer(stretch(['2025-01-03T00:00:00Z'], { total: 9 }));
    expect(search.rows.map(({ time }) => time.slice(0, 10))).toEqual(['2025-01-03', '2025-01-02']);
    expect([search.running, search.isStopped, search.total]).toEqual([false, false, 10]);
    expect(requests.map(({ at }) => at)).toEqual([0, 1]);
    end();
  });

  it('stops between two stretches, drops the one under way and goes on from there', async () => {
    const { search, requests, answer, end } = searchOf();
    await answer(stretch(['2025-01-02T00:00:00Z'], { next: 1, share: 0.4 }));
    search.stop();
    await answer(stretch(['2025-01-03T00:00:00Z'], {}));
    expect([search.isStopped, search.total]).toEqual([true, 1]);
    search.resume();
    await answer(stretch(['2025-01-01T00:00:00Z'], {}));
    expect([search.isStopped, search.total]).toEqual([false, 2]);
    expect(requests.map(({ at }) => at)).toEqual([0, 1, 1]);
    end();
  });

  it('starts over when the steps are others than before', async () => {
    const { search, requests, answer, end } = searchOf();
    await answer(stretch(['2025-01-02T00:00:00Z'], { next: 1, share: 0.4 }));
    await answer(stretch(['2025-01-03T00:00:00Z'], { next: 2, steps: 5 }));
    expect([search.running, search.total]).toEqual([true, 0]);
    expect(requests.map(({ at }) => at)).toEqual([0, 1, 0]);
    end();
  });

  it('asks for nothing without a text', () => {
    const { search, requests, end } = searchOf('');
    expect([search.running, requests.length]).toEqual([false, 0]);
    end();
  });
});
