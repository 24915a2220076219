import type { Page } from 'playwright-core';

export interface FrameTimes {
  readonly frames: number;
  /** Frames in a second, over the whole of it. */
  readonly fps: number;
  /** Milliseconds from one frame to the next. */
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
}

/** What the recorder in the page leaves behind. */
type Recorder = typeof globalThis & { frameTimes?: number[]; isRecording?: boolean };

/** How the window kept up while something was done in it: the time between its frames, as the page is told of them. */
export async function framesWhile(page: Page, work: () => Promise<void>): Promise<FrameTimes> {
  await page.evaluate(() => {
    const recorder = globalThis as Recorder;
    const times: number[] = [];
    recorder.frameTimes = times;
    recorder.isRecording = true;
    const note = (at: number): void => {
      times.push(at);
      if (recorder.isRecording === true) requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await work();
  const times = await page.evaluate(async () => {
    const recorder = globalThis as Recorder;
    // The frame under way counts too: it may be the long one.
    await new Promise((done) => requestAnimationFrame(done));
    recorder.isRecording = false;
    return recorder.frameTimes ?? [];
  });
  return summaryOf(times.slice(1).map((at, i) => at - (times[i] ?? at)));
}

function summaryOf(steps: readonly number[]): FrameTimes {
  const sorted = [...steps].sort((a, b) => a - b);
  const at = (share: number): number =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  const total = steps.reduce((sum, step) => sum + step, 0);
  return {
    frames: steps.length,
    fps: Math.round((10_000 * steps.length) / Math.max(1, total)) / 10,
    p50: at(0.5),
    p95: at(0.95),
    worst: at(1),
  };
}
