import type { Point } from './point';

/** Middles of two nodes are so far apart at least, in pixels of the whole picture: a disc with its badge. */
const APART = 36;
const ROUNDS = 40;
/** Beyond, there is no room on a canvas to keep all apart. */
const MOST = 700;

/**
 * Pushes nodes apart that lie on each other, where the picture is drawn on a canvas of this size in pixels. The force
 * layout knows points, not discs. No randomness: nodes on one point part by their order.
 */
export function spread(
  positions: ReadonlyMap<string, Point>,
  { width, height }: { readonly width: number; readonly height: number },
): ReadonlyMap<string, Point> {
  const keys = [...positions.keys()];
  if (keys.length < 2 || keys.length > MOST) return positions;
  const xs = keys.map((key) => positions.get(key)?.x ?? 0);
  const ys = keys.map((key) => positions.get(key)?.y ?? 0);
  const span = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  const pixel = Math.max(span(xs) / Math.max(1, width), span(ys) / Math.max(1, height), 1e-6);
  for (let round = 0; round < ROUNDS; round += 1) if (!pushed(xs, ys, APART * pixel)) break;
  return new Map(keys.map((key, i) => [key, { x: xs[i] ?? 0, y: ys[i] ?? 0 }]));
}

/** One round over all pairs, in place; false when none was too near. */
function pushed(xs: number[], ys: number[], apart: number): boolean {
  let hasPushed = false;
  for (let i = 0; i < xs.length; i += 1)
    for (let j = i + 1; j < xs.length; j += 1) {
      let dx = (xs[j] ?? 0) - (xs[i] ?? 0);
      let dy = (ys[j] ?? 0) - (ys[i] ?? 0);
      if (Math.abs(dx) >= apart || Math.abs(dy) >= apart) continue;
      let distance = Math.hypot(dx, dy);
      if (distance >= apart) continue;
      if (distance < 1e-9) [dx, dy, distance] = [Math.cos(i + j), Math.sin(i + j), 1];
      const push = (apart - Math.min(distance, apart * 0.999)) / 2 / distance;
      xs[i] = (xs[i] ?? 0) - dx * push;
      ys[i] = (ys[i] ?? 0) - dy * push;
      xs[j] = (xs[j] ?? 0) + dx * push;
      ys[j] = (ys[j] ?? 0) + dy * push;
      hasPushed = true;
    }
  return hasPushed;
}
