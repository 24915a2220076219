import { join } from 'node:path';
import type { Random } from '../random/random';
import type { ComposedEvent } from '../stage/event';
import type { GzipFiles } from './gzip-files';
import { cloudtrailPath, uniqueName } from './s3-layout';

/**
 * Delivers the records of a time slot: a file an account and Region, and a second one for the changes that the
 * account's second trail delivers again, record for record the same.
 */
export class CloudTrailWriter {
  /** Records written, repeats included. */
  delivered = 0;

  constructor(
    private readonly bundle: string,
    private readonly files: GzipFiles,
    private readonly random: Random,
    /** When the second trail of an account fell silent. */
    private readonly silencedAt: (account: string) => number,
  ) {}

  async writeSlot(events: readonly ComposedEvent[], slotEnd: number): Promise<void> {
    const groups = new Map<string, ComposedEvent[]>();
    for (const event of events) {
      const key = `${event.account}/${event.region}`;
      const group = groups.get(key);
      if (group) group.push(event);
      else groups.set(key, [event]);
    }
    for (const key of [...groups.keys()].sort()) {
      const group = groups.get(key) ?? [];
      await this.writeFile(group, slotEnd);
      const again = group.filter((e) => e.isManagementWrite && e.time < this.silencedAt(e.account));
      if (again.length > 0) await this.writeFile(again, slotEnd);
    }
  }

  private async writeFile(events: ComposedEvent[], time: number): Promise<void> {
    const [first] = events;
    if (!first) return;
    // Delivery takes a few minutes and differs from record to record: files are nearly, not fully, in order.
    const rank = (e: ComposedEvent): number => e.time + Number.parseInt(e.eventId.slice(0, 2), 16);
    events.sort((a, b) => rank(a) - rank(b));
    this.delivered += events.length;
    const text = `{"Records":[${events.map((e) => e.text).join(',')}]}`;
    const path = cloudtrailPath(
      { account: first.account, region: first.region, time: time - 1 },
      uniqueName(this.random),
    );
    await this.files.add(join(this.bundle, path), text);
  }
}
