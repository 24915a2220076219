import type { Link } from './link';

/** Connected components over links of at least the threshold; singles are components of one. */
export function components(ids: readonly string[], links: readonly Link[], threshold: number): string[][] {
  const parent = new Map(ids.map((id) => [id, id]));
  const find = (id: string): string => {
    let root = id;
    while (parent.get(root) !== root) root = parent.get(root) ?? root;
    parent.set(id, root);
    return root;
  };
  for (const { a, b, weight } of links) {
    if (weight >= threshold) parent.set(find(a), find(b));
  }
  const groups = new Map<string, string[]>();
  for (const id of ids) groups.set(find(id), [...(groups.get(find(id)) ?? []), id]);
  return [...groups.values()];
}
