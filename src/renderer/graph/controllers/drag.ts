import type { Controller } from './controller';

/** A dragged node stays where it is dropped: it is pinned, and the layout works around it. */
export const dragController: Controller = (scene, state) => {
  const { sigma, graph } = scene;
  let dragged: string | null = null;
  let hasMoved = false;
  const onDown = ({ node }: { node: string }): void => {
    dragged = node;
    hasMoved = false;
    scene.stopLayout();
    // The picture may not rescale under the pointer.
    if (!sigma.getCustomBBox()) sigma.setCustomBBox(sigma.getBBox());
  };
  const onMove = ({
    event,
  }: {
    event: { x: number; y: number; preventSigmaDefault(): void; original: Event };
  }): void => {
    if (dragged === null) return;
    hasMoved = true;
    const point = sigma.viewportToGraph(event);
    graph.mergeNodeAttributes(dragged, point);
    state.positions.set(dragged, point);
    event.preventSigmaDefault();
    event.original.preventDefault();
    event.original.stopPropagation();
  };
  const onUp = (): void => {
    if (dragged !== null && hasMoved && !state.pinned.has(dragged)) state.pin([dragged]);
    dragged = null;
  };
  sigma.on('downNode', onDown);
  sigma.on('moveBody', onMove);
  sigma.on('upNode', onUp);
  sigma.on('upStage', onUp);
  return () => {
    sigma.off('downNode', onDown);
    sigma.off('moveBody', onMove);
    sigma.off('upNode', onUp);
    sigma.off('upStage', onUp);
  };
};
