import { untrack } from 'svelte';
import type { CallName, RequestOf, ResponseOf } from '../../shared/contract/index';
import type { Client } from './client';

/** What a query needs of its surroundings: the client, and a number that grows whenever the case holds other data. */
export interface QueryHost {
  readonly client: Client;
  readonly revision: number;
}

/**
 * One call of the contract that follows its request: it runs again when the request or the case changes, drops answers
 * that arrive late, and keeps the last answer on show meanwhile. An undefined request asks for nothing (null is the
 * request of calls that take none).
 * Must be made while a component is set up.
 */
export class Query<N extends CallName> {
  data = $state.raw<ResponseOf<N> | undefined>();
  error = $state.raw<unknown>(null);
  loading = $state(false);
  /** When the running call started, in milliseconds of performance.now(). */
  startedAt = $state(0);
  #turn = 0;
  readonly #run: () => void;

  constructor(host: QueryHost, name: N, request: () => RequestOf<N> | undefined) {
    const key = $derived.by(() => {
      const value = request();
      return value === undefined ? undefined : JSON.stringify(value);
    });
    this.#run = () => {
      const value = untrack(request);
      void this.#ask(host, name, value);
    };
    $effect(() => {
      void host.revision;
      if (key === undefined) this.#clear();
      else untrack(this.#run);
    });
    $effect(() => () => {
      this.#turn += 1;
    });
  }

  /** Asks again, e.g. after an error. */
  readonly reload = (): void => {
    this.#run();
  };

  #clear(): void {
    this.#turn += 1;
    this.data = undefined;
    this.error = null;
    this.loading = false;
  }

  async #ask(host: QueryHost, name: N, request: RequestOf<N> | undefined): Promise<void> {
    if (request === undefined) return;
    const turn = (this.#turn += 1);
    this.loading = true;
    this.startedAt = performance.now();
    try {
      const data = await host.client.call(name, request);
      if (turn !== this.#turn) return;
      this.data = data;
      this.error = null;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.error = error;
      this.data = undefined;
    }
    this.loading = false;
  }
}
