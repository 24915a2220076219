import { entityOfKey } from '../format/entity';
import type { GraphState } from '../graph/graph.svelte';
import type { DrawnNode } from '../graph/model';
import type { MenuItem } from '../workbench/menu.svelte';
import type { Workbench } from '../workbench/workbench.svelte';
import { entityPivots } from './entity-pivots';

/** What can be done with a node of the graph. */
export function nodeMenu(
  workbench: Workbench,
  graph: GraphState,
  node: DrawnNode,
  expand: () => void,
): MenuItem[] {
  const entity = entityOfKey(node.key);
  const picture: MenuItem[] = [
    ...(entity ? [{ title: 'Add neighbours', run: expand }] : []),
    ...(node.members.length > 0
      ? [{ title: 'Show members apart', run: () => graph.openGroup(node.key) }]
      : []),
    { title: 'Hide', run: () => graph.hide(graph.selected.has(node.key) ? graph.selected : [node.key]) },
    { title: graph.pinned.has(node.key) ? 'Unpin' : 'Pin', run: () => graph.pin(node.key) },
  ];
  if (entity) {
    const [first, ...rest] = entityPivots(workbench, entity);
    return first === undefined ? picture : [...picture, { ...first, separated: true }, ...rest];
  }
  if (node.kind !== 'finding' || node.members.length > 0) return picture;
  const id = node.key.replace(/^finding:/, '');
  return [...picture, { title: 'Open finding', separated: true, run: () => workbench.openFinding(id) }];
}
