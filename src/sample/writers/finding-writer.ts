import { join } from 'node:path';
import type { Random } from '../random/random';
import type { Finding } from '../stage/finding';
import { dateOf } from '../world/calendar';
import type { GzipFiles } from './gzip-files';
import { guarddutyPath } from './s3-layout';

/** Delivers findings as JSON lines: a file an account, Region and day. */
export async function writeFindings(
  findings: readonly Finding[],
  target: { bundle: string; files: GzipFiles; random: Random },
): Promise<void> {
  const groups = new Map<string, Finding[]>();
  const ordered = [...findings].sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
  for (const finding of ordered) {
    const key = `${finding.account}/${finding.region}/${dateOf(finding.time)}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const path = join(target.bundle, guarddutyPath(first, target.random.uuid()));
    await target.files.add(path, group.map((f) => `${f.text}\n`).join(''));
  }
}
