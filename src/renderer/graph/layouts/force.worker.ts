import { positionsOf, relax, type ForceMatrices } from './force';

interface Task {
  readonly matrices: ForceMatrices;
  readonly iterations: number;
}

/** So often the picture settles a little before one's eyes; more would cost the window more than the layout. */
const SLICE_MS = 200;

/** Runs the layout and sends positions after each slice. How it is sliced changes nothing of where nodes end up. */
self.onmessage = ({ data }: MessageEvent<Task>): void => {
  const { matrices, iterations } = data;
  let sentAt = performance.now();
  for (let done = 1; done <= iterations; done += 1) {
    relax(matrices, 1);
    if (done < iterations && performance.now() - sentAt < SLICE_MS) continue;
    const positions = positionsOf(matrices.nodes);
    self.postMessage({ positions, share: done / iterations }, { transfer: [positions.buffer] });
    sentAt = performance.now();
  }
};
