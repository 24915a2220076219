import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import type { Client } from '../../../src/renderer/api/client';
import { Query } from '../../../src/renderer/api/query.svelte';

/** A client whose answers are given by hand, in any order. */
function clientByHand() {
  const answers: { resolve: (value: unknown) => void; reject: (error: unknown) => void }[] = [];
  const call = vi.fn(() => new Promise((resolve, reject) => answers.push({ resolve, reject })));
  return { client: { call } as unknown as Client, call, answers };
}

async function settled(): Promise<void> {
  await Promise.resolve();
  await Promise.resolve();
  flushSync();
}

describe('Query', () => {
  it('asks calls that take no request', async () => {
    const { client, call, answers } = clientByHand();
    const end = $effect.root(() => {
      const query = new Query({ client, revision: 0 }, 'incidents/list', () => null);
      flushSync();
      expect(call).toHaveBeenCalledWith('incidents/list', null);
      answers[0]!.resolve([]);
      void settled().then(() => expect(query.data).toEqual([]));
    });
    await settled();
    end();
  });

  it('asks for nothing while its request is undefined', () => {
    const { client, call } = clientByHand();
    const end = $effect.root(() => {
      const query = new Query({ client, revision: 0 }, 'incidents/get', () => undefined);
      flushSync();
      expect(call).not.toHaveBeenCalled();
      expect(query.loading).toBe(false);
    });
    end();
  });

  it('drops the answer of an earlier request that arrives late', async () => {
    const { client, answers } = clientByHand();
    let id = $state('first');
    let query: Query<'incidents/get'> | undefined;
    const end = $effect.root(() => {
      query = new Query({ client, revision: 0 }, 'incidents/get', () => ({ id }));
    });
    flushSync();
    id = 'second';
    flushSync();
    answers[1]!.resolve('second answer');
    await settled();
    answers[0]!.resolve('first answer');
    await settled();
    expect(query?.data).toBe('second answer');
    end();
  });

  it('asks again when the case holds other data, and keeps the old answer meanwhile', async () => {
    const { client, call, answers } = clientByHand();
    const host = $state({ client, revision: 0 });
    let query: Query<'incidents/list'> | undefined;
    const end = $effect.root(() => {
      query = new Query(host, 'incidents/list', () => null);
    });
    flushSync();
    answers[0]!.resolve(['old']);
    await settled();
    host.revision += 1;
    flushSync();
    expect(call).toHaveBeenCalledTimes(2);
    expect(query?.data).toEqual(['old']);
    answers[1]!.reject(new Error('gone'));
    await settled();
    expect(query?.data).toBeUndefined();
    expect(query?.error).toBeInstanceOf(Error);
    end();
  });
});
