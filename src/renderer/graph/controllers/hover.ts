import type { Controller } from './controller';

/** What is pointed at stands out with its neighbours; the rest steps back. */
export const hoverController: Controller = (scene, state) => {
  const { sigma } = scene;
  const onEnter = ({ node }: { node: string }): void => {
    state.hovered = node;
  };
  const onLeave = (): void => {
    state.hovered = null;
  };
  sigma.on('enterNode', onEnter);
  sigma.on('leaveNode', onLeave);
  return () => {
    sigma.off('enterNode', onEnter);
    sigma.off('leaveNode', onLeave);
  };
};
