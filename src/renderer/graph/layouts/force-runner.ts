import type { ForceMatrices } from './force';

interface ForceUpdate {
  readonly positions: Float32Array;
  /** How far it is, 0 to 1; at 1 it is the last one. */
  readonly share: number;
}

/** The layout worker of one picture: a new task ends the one before. */
export class ForceRunner {
  #worker: Worker | null = null;

  run(matrices: ForceMatrices, iterations: number, onupdate: (update: ForceUpdate) => void): void {
    this.stop();
    const worker = new Worker(new URL('./force.worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<ForceUpdate>) => {
      if (worker !== this.#worker) return;
      onupdate(data);
      if (data.share >= 1) this.stop();
    };
    worker.postMessage({ matrices, iterations }, [matrices.nodes.buffer, matrices.edges.buffer]);
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
