import type { PushName, Pushes } from '../shared/contract/events';
import type { Result } from '../shared/errors/result';

/** What the sandboxed window gets: nothing else of Electron or Node reaches the page. */
export interface CoreApi {
  invoke(channel: string, request: unknown): Promise<Result<unknown>>;
  on<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void;
  /** The path of a dropped file; empty when it has none. */
  pathForFile(file: File): string;
}

declare global {
  interface Window {
    readonly coldtrail: CoreApi;
  }
}
