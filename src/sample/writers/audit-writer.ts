import { join } from 'node:path';
import type { Random } from '../random/random';
import type { AuditLine } from '../stage/audit-line';
import { dateOf } from '../world/calendar';
import type { GzipFiles } from './gzip-files';

/** Delivers audit lines as a log subscription does: one message a cluster and day, each line with its time. */
export async function writeAudits(
  lines: readonly AuditLine[],
  target: { bundle: string; files: GzipFiles; random: Random },
): Promise<void> {
  const groups = new Map<string, AuditLine[]>();
  for (const line of [...lines].sort((a, b) => a.time - b.time)) {
    const key = `${line.cluster}/${dateOf(line.time)}`;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const message = {
      messageType: 'DATA_MESSAGE',
      owner: first.account.id,
      logGroup: `/aws/eks/${first.cluster}/cluster`,
      logStream: `kube-apiserver-audit-${target.random.hex(32)}`,
      subscriptionFilters: ['audit-to-archive'],
      logEvents: group.map((line) => ({
        id: `3${target.random.digits(55)}`,
        timestamp: line.time * 1000,
        message: line.text,
      })),
    };
    const [year = '', month = '', day = ''] = dateOf(first.time).split('-');
    const name = `${first.cluster}-audit-1-${year}-${month}-${day}-00-00-00-${target.random.uuid()}.gz`;
    await target.files.add(join(target.bundle, 'eks-audit', year, month, day, name), JSON.stringify(message));
  }
}
