import { smaller } from '../budget';
import type { Controller } from './controller';

/** A frame that takes longer is felt: 15 frames a second are the least, with some room. */
const LONGEST_FRAME_MS = 55;
/** Frames in motion before anything is concluded from them. */
const SAMPLE = 20;
const REST_MS = 400;

/**
 * Measures frames while the picture moves. Where most are too long, labels and links step back in motion; where that is
 * not enough, less is drawn as soon as the picture rests.
 */
export const paceController: Controller = (scene, state) => {
  const camera = scene.sigma.getCamera();
  let isMeasuring = false;
  let times: number[] = [];
  let rest: ReturnType<typeof setTimeout> | undefined;

  const isSlow = (): boolean => {
    const sorted = [...times].sort((a, b) => a - b);
    return (sorted[Math.floor(sorted.length / 2)] ?? 0) > LONGEST_FRAME_MS;
  };
  const conclude = (): void => {
    if (times.length < SAMPLE) return;
    if (isSlow() && scene.isLight)
      state.budget = smaller(state.budget, { nodes: scene.graph.order, edges: scene.graph.size });
    else if (isSlow()) scene.lighten();
    times = [];
  };
  const onUpdate = (): void => {
    clearTimeout(rest);
    rest = setTimeout(conclude, REST_MS);
    if (isMeasuring) return;
    isMeasuring = true;
    requestAnimationFrame((drawnAt) =>
      requestAnimationFrame((nextAt) => {
        times.push(nextAt - drawnAt);
        isMeasuring = false;
      }),
    );
  };
  camera.on('updated', onUpdate);
  return () => {
    clearTimeout(rest);
    camera.off('updated', onUpdate);
  };
};
