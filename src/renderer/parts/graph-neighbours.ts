import type { GraphData } from '../../shared/model/graph';
import { formatCount } from '../format/count';
import { ENTITY_TITLES, entityOfKey, isEntityType } from '../format/entity';
import type { GraphState } from '../graph/graph.svelte';
import type { MenuItem } from '../workbench/menu.svelte';
import type { Workbench } from '../workbench/workbench.svelte';

/** How many neighbours come at once, and among how many a type is chosen: the busiest ones. */
const AT_ONCE = 40;
const AMONG = 200;

/** Adding the neighbours of a node to the picture, all or those of one type. */
export interface Neighbours {
  readonly all: (key: string) => Promise<void>;
  /** What the menu of types holds, with the number of each. */
  readonly byType: (key: string) => Promise<MenuItem[]>;
}

export function neighboursOf(workbench: Workbench, graph: GraphState): Neighbours {
  const read = async (key: string, limit: number): Promise<GraphData | null> => {
    const entity = entityOfKey(key);
    if (entity === null) return null;
    try {
      return await workbench.client.call('graph/neighbours', {
        entity: { ...entity },
        scope: workbench.scope,
        limit,
      });
    } catch (error) {
      workbench.toasts.fail(error);
      return null;
    }
  };
  const add = (found: GraphData): void => {
    if (!graph.add(found)) workbench.toasts.show('All its neighbours are in the picture already.');
  };
  return {
    all: async (key) => {
      const found = await read(key, AT_ONCE);
      if (found) add(found);
    },
    byType: async (key) => {
      const found = await read(key, AMONG);
      if (!found) return [];
      const others = found.nodes.filter((node) => node.key !== key);
      const types = [...new Set(others.map(typeOf))].sort();
      if (types.length === 0) workbench.toasts.show('It has no neighbours in the scope time.');
      return types.map((type) => ({
        title: `${isEntityType(type) ? ENTITY_TITLES[type] : 'Finding'} (${formatCount(others.filter((node) => typeOf(node) === type).length)})`,
        run: () => add(only(found, (node) => node.key === key || typeOf(node) === type)),
      }));
    },
  };
}

function typeOf(node: GraphData['nodes'][number]): string {
  return node.kind === 'finding' ? 'finding' : node.type;
}

/** The part of a graph whose nodes fit, with the links between them. */
function only(data: GraphData, fits: (node: GraphData['nodes'][number]) => boolean): GraphData {
  const nodes = data.nodes.filter(fits);
  const keys = new Set(nodes.map((node) => node.key));
  return { nodes, edges: data.edges.filter(({ source, target }) => keys.has(source) && keys.has(target)) };
}
