import type { CitedAction } from '../../shared/model/exhibit';

const PHASES = [
  { id: 'preserve', title: 'Preserve', note: 'keep what may be lost' },
  { id: 'contain', title: 'Contain', note: 'stop the intruder' },
  { id: 'eradicate', title: 'Eradicate', note: 'remove what was left behind' },
  { id: 'recover', title: 'Recover', note: 'bring back to a known state' },
  { id: 'prevent', title: 'Prevent', note: 'close the way in' },
] as const;

/** Steps by phase of the response, in the order they are taken; phases without a step are left out. */
export function groupByPhase(actions: readonly CitedAction[]) {
  return PHASES.map((phase) => ({
    ...phase,
    actions: actions.filter((action) => action.phase === phase.id),
  })).filter((phase) => phase.actions.length > 0);
}
