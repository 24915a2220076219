import type { Link } from './link-findings';

/** Connected components over links of at least the threshold; singles are components of one. Largest first. */
export function components(
  ids: readonly string[],
  links: readonly Pick<Link, 'a' | 'b' | 'weight'>[],
  threshold: number,
): string[][] {
  const parent = new Map(ids.map((id) => [id, id]));
  const find = (id: string): string => {
    let root = id;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(id, root);
    return root;
  };
  for (const { a, b, weight } of links) {
    if (weight >= threshold && parent.has(a) && parent.has(b)) parent.set(find(a), find(b));
  }
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const root = find(id);
    const group = groups.get(root);
    if (group) group.push(id);
    else groups.set(root, [id]);
  }
  return [...groups.values()].sort((a, b) => b.length - a.length);
}
