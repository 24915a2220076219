import { positionsOf, relax, type ForceMatrices } from './force';

/** Runs the layout in slices and sends positions after each, so that the picture settles before one's eyes. */
interface Task {
  readonly matrices: ForceMatrices;
  readonly iterations: number;
}

const SLICES = 24;

self.onmessage = ({ data }: MessageEvent<Task>): void => {
  const { matrices, iterations } = data;
  const perSlice = Math.max(1, Math.ceil(iterations / SLICES));
  for (let done = 0; done < iterations; done += perSlice) {
    relax(matrices, Math.min(perSlice, iterations - done));
    const positions = positionsOf(matrices.nodes);
    self.postMessage({ positions, isLast: done + perSlice >= iterations }, { transfer: [positions.buffer] });
  }
};
