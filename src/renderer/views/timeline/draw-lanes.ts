import type { ResponseOf } from '../../../shared/contract/index';

type Lanes = ResponseOf<'timeline/lanes'>;

interface LaneColours {
  readonly succeeded: string;
  readonly failed: string;
  readonly line: string;
  readonly faded: number;
}

interface Box {
  readonly width: number;
  readonly laneHeight: number;
  readonly ratio: number;
}

/**
 * Draws a bar for each bucket of each lane. Heights follow the square root within the lane, so that a single call next
 * to a busy hour is still seen; failures stand on top and are never thinner than two pixels.
 */
export function drawLanes(
  canvas: HTMLCanvasElement,
  lanes: Lanes['lanes'],
  { width, laneHeight, ratio }: Box,
  chosen: string | null,
  colours: LaneColours,
): void {
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(lanes.length * laneHeight * ratio));
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.scale(ratio, ratio);
  lanes.forEach((lane, row) => {
    pen.globalAlpha = chosen === null || chosen === lane.id ? 1 : colours.faded;
    drawLane(pen, lane, { top: row * laneHeight, width, height: laneHeight }, colours);
  });
}

function drawLane(
  pen: CanvasRenderingContext2D,
  lane: Lanes['lanes'][number],
  place: { readonly top: number; readonly width: number; readonly height: number },
  colours: LaneColours,
): void {
  const base = place.top + place.height - 3;
  const room = place.height - 7;
  pen.fillStyle = colours.line;
  pen.fillRect(0, base, place.width, 1);
  const count = lane.succeeded.length;
  const most = lane.succeeded.reduce((max, value, i) => Math.max(max, value + (lane.failed[i] ?? 0)), 1);
  const pitch = place.width / Math.max(1, count);
  const bar = Math.max(1, Math.min(14, pitch - (pitch > 3 ? 1 : 0)));
  for (let i = 0; i < count; i += 1) {
    const failed = lane.failed[i] ?? 0;
    const all = (lane.succeeded[i] ?? 0) + failed;
    if (all === 0) continue;
    const height = Math.max(2, Math.sqrt(all / most) * room);
    const x = i * pitch;
    pen.fillStyle = colours.succeeded;
    pen.fillRect(x, base - height, bar, height);
    if (failed === 0) continue;
    const top = Math.max(2, (height * failed) / all);
    pen.fillStyle = colours.failed;
    pen.fillRect(x, base - height, bar, top);
  }
}
