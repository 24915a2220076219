/** Names shorter than this may be words of the language and name nobody by themselves. */
const SHORTEST = 7;

/**
 * What identifies somebody in entities of these ids: the ids, and the last part of each ARN.
 * @param ids entity ids of the types that name somebody
 */
export function namesIn(ids: readonly string[]): string[] {
  const names = ids
    // What AWS calls its own roles is the same everywhere.
    .filter((id) => !id.includes('AWSServiceRoleFor'))
    .map((id) => id.split('|')[0] ?? id)
    .flatMap((id) => [id, id.split(/[/:]/).pop() ?? id])
    .filter((id) => id.length >= SHORTEST && !/amazonaws\.com|^aws-service-role$/.test(id));
  return [...new Set(names)];
}

/** Those of the names that stand in the text; one walk, however many names there are. */
export function leaksIn(text: string, names: readonly string[]): string[] {
  const byHead = new Map<string, string[]>();
  for (const name of names) {
    const head = name.slice(0, SHORTEST);
    byHead.set(head, [...(byHead.get(head) ?? []), name]);
  }
  const found = new Set<string>();
  for (let at = 0; at <= text.length - SHORTEST; at += 1)
    for (const name of byHead.get(text.slice(at, at + SHORTEST)) ?? [])
      if (text.startsWith(name, at)) found.add(name);
  return [...found];
}
