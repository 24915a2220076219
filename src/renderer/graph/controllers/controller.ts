import type { GraphState } from '../graph.svelte';
import type { GraphScene } from '../scene';

/** What a picture lets its surroundings do. */
export interface GraphHooks {
  /** Neighbours of a node are wanted. */
  readonly expand: (key: string) => void;
  /** The menu of a node, or of the empty canvas (null). */
  readonly menu: (event: MouseEvent, key: string | null) => void;
}

/** One interaction: starts on a scene and returns how to end it. */
export type Controller = (scene: GraphScene, state: GraphState, hooks: GraphHooks) => () => void;
