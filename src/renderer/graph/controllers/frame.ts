import type { Controller } from './controller';

interface Spot {
  readonly x: number;
  readonly y: number;
}
interface StageEvent {
  readonly event: Spot & { readonly original: Event; preventSigmaDefault(): void };
}

/** Shift and drag, or drag while the toolbar says so: a frame that selects what lies in it. Ctrl adds to the selection. */
export const frameController: Controller = (scene, state) => {
  const { sigma, graph } = scene;
  let start: Spot | null = null;

  const onDown = ({ event }: StageEvent): void => {
    if (!state.isFraming && !(event.original as MouseEvent).shiftKey) return;
    start = { x: event.x, y: event.y };
    event.preventSigmaDefault();
  };
  const onMove = ({ event }: StageEvent): void => {
    if (start === null) return;
    state.frame = {
      left: Math.min(start.x, event.x),
      top: Math.min(start.y, event.y),
      width: Math.abs(event.x - start.x),
      height: Math.abs(event.y - start.y),
    };
    event.preventSigmaDefault();
    event.original.preventDefault();
    event.original.stopPropagation();
  };
  const onUp = ({ event }: StageEvent): void => {
    const { frame } = state;
    start = null;
    if (frame === null) return;
    const inside = graph.filterNodes((key, { x, y }) => {
      const at = sigma.graphToViewport({ x, y });
      return (
        !state.veiled.has(key) &&
        at.x >= frame.left &&
        at.x <= frame.left + frame.width &&
        at.y >= frame.top &&
        at.y <= frame.top + frame.height
      );
    });
    const { ctrlKey, metaKey } = event.original as MouseEvent;
    state.select(ctrlKey || metaKey ? [...state.selected, ...inside] : inside);
    // The click that ends the frame comes after this, and would clear the selection.
    setTimeout(() => (state.frame = null));
  };
  sigma.on('downStage', onDown);
  sigma.on('moveBody', onMove);
  sigma.on('upStage', onUp);
  sigma.on('upNode', onUp);
  return () => {
    sigma.off('downStage', onDown);
    sigma.off('moveBody', onMove);
    sigma.off('upStage', onUp);
    sigma.off('upNode', onUp);
  };
};
