import type { Investigation } from '../../shared/contract/investigation';

export type Step = Investigation['lineage']['up'][number];

/** A step of a chain in its place: columns from the entity (0) outwards, rows in leaves of the tree. */
export interface PlacedStep {
  readonly step: Step;
  readonly column: number;
  readonly row: number;
  /** Where the step it hangs on is: the entity's own place for the first ones. */
  readonly from: { readonly column: number; readonly row: number };
}

export interface LineageLayout {
  readonly steps: readonly PlacedStep[];
  /** The entity's own row. */
  readonly row: number;
  /** Columns on the left of the entity and on its right. */
  readonly left: number;
  readonly right: number;
  readonly rows: number;
}

/** Both chains of an entity as one tree: what it was obtained from to its left, what was obtained with it to its right. */
export function layLineage({ up, down }: Pick<Investigation['lineage'], 'up' | 'down'>): LineageLayout {
  const sides = [tree(up, -1), tree(down, 1)];
  const rows = Math.max(1, ...sides.map((side) => side.rows));
  const row = (rows - 1) / 2;
  const steps = sides.flatMap((side) => {
    // The lesser side stands in the middle of the greater one.
    const shift = (rows - Math.max(1, side.rows)) / 2;
    return side.steps.map((placed) => ({
      ...placed,
      row: placed.row + shift,
      from: placed.from === null ? { column: 0, row } : { ...placed.from, row: placed.from.row + shift },
    }));
  });
  const columns = steps.map(({ column }) => column);
  return { steps, row, left: -Math.min(0, ...columns), right: Math.max(0, ...columns), rows };
}

interface Placed extends Omit<PlacedStep, 'from'> {
  readonly from: PlacedStep['from'] | null;
}

function tree(chain: readonly Step[], direction: 1 | -1): { steps: Placed[]; rows: number } {
  const known = new Set(chain.map(({ credential }) => credential));
  const children = new Map<string, Step[]>();
  for (const step of chain) {
    const parent = known.has(step.near) && step.near !== step.credential ? step.near : '';
    children.set(parent, [...(children.get(parent) ?? []), step]);
  }
  const steps: Placed[] = [];
  const drawn = new Set<string>();
  let rows = 0;
  /** Places what hangs on a credential and returns the rows of its children. */
  const place = (parent: string, column: number): { step: Step; row: number }[] =>
    (children.get(parent) ?? []).map((step) => {
      // A credential that is reached in two ways carries its own chain once.
      const isFirst = !drawn.has(step.credential);
      drawn.add(step.credential);
      const at = column + direction;
      const own = isFirst ? place(step.credential, at) : [];
      const row = own.length === 0 ? rows++ : own.reduce((sum, child) => sum + child.row, 0) / own.length;
      for (const child of own)
        steps.push({ step: child.step, column: at + direction, row: child.row, from: { column: at, row } });
      return { step, row };
    });
  for (const { step, row } of place('', 0)) steps.push({ step, column: direction, row, from: null });
  return { steps, rows };
}
