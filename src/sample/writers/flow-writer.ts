import { join } from 'node:path';
import { FLOW_HEADER } from '../record/flow-row';
import type { Random } from '../random/random';
import type { Network } from '../world/hosts';
import type { GzipFiles } from './gzip-files';
import { flowLogPath } from './s3-layout';

/** Delivers the flow rows of a time slot: a file a network, each with the header line. */
export class FlowWriter {
  private readonly rows = new Map<Network, string[]>();

  constructor(
    private readonly bundle: string,
    private readonly files: GzipFiles,
    private readonly random: Random,
    networks: readonly Network[],
  ) {
    for (const network of networks) this.rows.set(network, []);
  }

  add(network: Network, row: string): void {
    this.rows.get(network)?.push(row);
  }

  async writeSlot(time: number): Promise<void> {
    for (const [network, rows] of this.rows) {
      if (rows.length === 0) continue;
      const { account, region } = network;
      const flowLogId = account.flowLogs[region] ?? '';
      const path = flowLogPath({ account: account.id, region, time }, flowLogId, this.random.hex(8));
      await this.files.add(join(this.bundle, path), FLOW_HEADER + rows.join(''));
      rows.length = 0;
    }
  }
}
