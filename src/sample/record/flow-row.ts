import type { Network } from '../world/hosts';

/** Takes the text of a flow row of an interface of the network, line end included. */
export type FlowSink = (time: number, network: Network, text: string) => void;

/** One direction of one conversation in one aggregation interval. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly packets: number;
  readonly bytes: number;
  readonly start: number;
  readonly end: number;
  readonly protocol?: number;
  readonly action?: 'ACCEPT' | 'REJECT';
}

/** The first line of every delivered flow log file: the default format, version 2. */
export const FLOW_HEADER =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n';

/** A row of the default format, with its line end. */
export function flowRow(network: Network, interfaceId: string, flow: Flow): string {
  return `2 ${network.account.id} ${interfaceId} ${flow.from} ${flow.to} ${flow.fromPort} ${flow.toPort} ${flow.protocol ?? 6} ${flow.packets} ${flow.bytes} ${flow.start} ${flow.end} ${flow.action ?? 'ACCEPT'} OK\n`;
}
