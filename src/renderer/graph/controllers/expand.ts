import type { Controller } from './controller';

/** A double click opens a rolled-up group, or fetches the neighbours of a node. */
export const expandController: Controller = (scene, state, hooks) => {
  const { sigma } = scene;
  const onDouble = ({ node, event }: { node: string; event: { preventSigmaDefault(): void } }): void => {
    event.preventSigmaDefault();
    if ((state.nodes.get(node)?.members.length ?? 0) > 0) state.openGroup(node);
    else hooks.expand(node);
  };
  sigma.on('doubleClickNode', onDouble);
  return () => {
    sigma.off('doubleClickNode', onDouble);
  };
};
