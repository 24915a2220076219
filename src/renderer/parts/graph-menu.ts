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
  { all, byType }: { readonly all: () => void; readonly byType: () => void },
): MenuItem[] {
  const entity = entityOfKey(node.key);
  const chosen = graph.selected.has(node.key) ? [...graph.selected] : [node.key];
  const picture: MenuItem[] = [
    ...(entity
      ? [
          { title: 'Add neighbours', run: all },
          { title: 'Add neighbours of a type…', run: byType },
        ]
      : []),
    ...(node.members.length > 0
      ? [{ title: 'Show members apart', run: () => graph.openGroup(node.key) }]
      : []),
    { title: 'Hide', run: () => graph.hide(chosen) },
    { title: graph.pinned.has(node.key) ? 'Unpin' : 'Pin', run: () => graph.pin(chosen) },
    ...(chosen.length > 1 ? [{ title: 'Group the selected', run: () => graph.group(chosen) }] : []),
  ];
  if (entity) {
    const [first, ...rest] = entityPivots(workbench, entity);
    return first === undefined ? picture : [...picture, { ...first, separated: true }, ...rest];
  }
  if (node.kind !== 'finding' || node.members.length > 0) return picture;
  const id = node.key.replace(/^finding:/, '');
  return [...picture, { title: 'Open finding', separated: true, run: () => workbench.openFinding(id) }];
}
