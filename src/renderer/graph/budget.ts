import type { Amount, Budget } from './model';

/** More is not read at a glance, however fast it is drawn. */
export const AT_A_GLANCE: Budget = {
  whole: { nodes: 500, edges: 2000 },
  rolledUp: { nodes: 150, edges: 450 },
};
/** Less would say nothing any more. */
const LEAST: Amount = { nodes: 60, edges: 120 };

/** Two thirds of what is drawn of a budget: what a machine that is too slow for it is given next. */
export function smaller({ whole, rolledUp }: Budget, drawn: Amount): Budget {
  const part = (of: Amount): Amount => ({
    nodes: Math.max(LEAST.nodes, Math.round((2 / 3) * Math.min(of.nodes, drawn.nodes))),
    edges: Math.max(LEAST.edges, Math.round((2 / 3) * Math.min(of.edges, drawn.edges))),
  });
  const less = part(whole);
  return { whole: less, rolledUp: drawn.nodes > rolledUp.nodes ? rolledUp : part(rolledUp) };
}
