import type { Controller } from './controller';

/** Click selects, Ctrl or Shift adds, a click beside clears; the right button opens the menu. */
export const selectController: Controller = (scene, state, hooks) => {
  const { sigma } = scene;
  const onNode = ({ node, event }: { node: string; event: { original: Event } }): void => {
    const { ctrlKey, shiftKey, metaKey } = event.original as MouseEvent;
    state.select([node], ctrlKey || shiftKey || metaKey);
  };
  const onStage = (): void => {
    if (state.frame === null) state.select([]);
  };
  const onMenu = ({ node, event }: { node: string; event: { original: Event } }): void => {
    if (!state.selected.has(node)) state.select([node]);
    hooks.menu(event.original as MouseEvent, node);
  };
  const onStageMenu = ({ event }: { event: { original: Event } }): void =>
    hooks.menu(event.original as MouseEvent, null);
  sigma.on('clickNode', onNode);
  sigma.on('clickStage', onStage);
  sigma.on('rightClickNode', onMenu);
  sigma.on('rightClickStage', onStageMenu);
  return () => {
    sigma.off('clickNode', onNode);
    sigma.off('clickStage', onStage);
    sigma.off('rightClickNode', onMenu);
    sigma.off('rightClickStage', onStageMenu);
  };
};
