import type { CoreApi } from '../../preload/api';
import type { CallName, RequestOf, ResponseOf } from '../../shared/contract/index';
import type { PushName, Pushes } from '../../shared/contract/events';
import { fromEnvelope } from '../../shared/errors/app-error';

/** The renderer's only way to data: the typed contract. Failures arrive as AppError. */
export interface Client {
  call<N extends CallName>(name: N, request: RequestOf<N>): Promise<ResponseOf<N>>;
  on<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void;
  /** The path of a dropped file; empty when it has none. */
  pathForFile(file: File): string;
}

/** A client over the bridge that the preload script exposes. */
export function createClient(bridge: CoreApi): Client {
  return {
    async call<N extends CallName>(name: N, request: RequestOf<N>) {
      // Reactive proxies cannot be cloned across the bridge; requests are small, so a JSON copy is cheap.
      const plain: unknown = JSON.parse(JSON.stringify(request));
      const result = await bridge.invoke(name, plain);
      if (!result.ok) throw fromEnvelope(result.error);
      return result.value as ResponseOf<N>;
    },
    on: (name, listener) => bridge.on(name, listener),
    pathForFile: (file) => bridge.pathForFile(file),
  };
}
