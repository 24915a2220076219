import type { Random } from '../random/random';
import { flowRow, type FlowSink } from '../record/flow-row';
import { MINUTE } from '../world/calendar';
import type { Host, Network } from '../world/hosts';
import { cloudAddress } from '../world/ranges';
import type { World } from '../world/world';

type Kind = 'client' | 'internal' | 'cloud' | 'scan' | 'knock' | 'operator' | 'clock' | 'idle';

const MIX: Readonly<Record<Host['kind'], readonly (readonly [number, Kind])[]>> = {
  web: [
    [60, 'client'],
    [14, 'internal'],
    [12, 'cloud'],
    [12, 'scan'],
    [1, 'clock'],
    [0.4, 'idle'],
  ],
  app: [
    [60, 'internal'],
    [36, 'cloud'],
    [2, 'clock'],
    [1, 'idle'],
  ],
  worker: [
    [25, 'internal'],
    [70, 'cloud'],
    [3, 'clock'],
    [1, 'idle'],
  ],
  bastion: [
    [50, 'scan'],
    [7, 'knock'],
    [3, 'operator'],
    [10, 'cloud'],
    [2, 'clock'],
    [4, 'idle'],
  ],
  database: [
    [10, 'internal'],
    [6, 'cloud'],
    [1, 'clock'],
    [3, 'idle'],
  ],
};
const SCANNED: readonly (readonly [number, number])[] = [
  [22, 23],
  [16, 22],
  [10, 445],
  [9, 3389],
  [8, 80],
  [6, 8080],
  [5, 5900],
  [5, 6379],
  [4, 1433],
  [4, 3306],
  [3, 5432],
  [3, 8443],
  [3, 2375],
  [2, 9200],
  [2, 27017],
  [2, 5060],
];

/** Ordinary traffic of all interfaces, and the internet's background noise at the public ones. */
export class FlowTraffic {
  private readonly hosts: readonly (readonly [number, Host])[];
  private readonly cloud = new Map<string, string[]>();
  private readonly neighbours = new Map<Network, Host[]>();

  constructor(
    private readonly world: World,
    random: Random,
  ) {
    const weights: Record<Host['kind'], number> = { web: 6, app: 3, worker: 2, bastion: 0.8, database: 0.8 };
    this.hosts = world.hosts.map((host) => [host.weight * weights[host.kind], host]);
    for (const network of world.networks) {
      this.cloud.set(
        network.vpcId,
        Array.from({ length: 50 }, () => cloudAddress(network.region, random)),
      );
      this.neighbours.set(
        network,
        world.hosts.filter((h) => h.network === network),
      );
    }
  }

  /** At least one row, at most four, of one conversation at a time; the number of rows. */
  converse(time: number, random: Random, emit: FlowSink): number {
    const host = random.weighted(this.hosts);
    switch (random.weighted(MIX[host.kind])) {
      case 'client':
        return this.client(host, time, random, emit);
      case 'internal':
        return this.internal(host, time, random, emit);
      case 'cloud':
        return this.outward(host, time, random, emit);
      case 'scan':
        return this.scan(host, time, random, emit);
      case 'knock':
        return this.pair(
          host,
          {
            peer: random.pick(this.world.scanners),
            port: 22,
            inbound: true,
            packets: random.int(6, 19),
            size: 110,
            answer: 150,
          },
          time,
          random,
          emit,
        );
      case 'operator':
        return this.pair(
          host,
          {
            peer: this.world.staff.officeAddress,
            port: 22,
            inbound: true,
            packets: Math.round(random.skewed(160, 0.8)),
            size: 120,
            answer: 210,
          },
          time,
          random,
          emit,
        );
      case 'clock':
        return this.pair(
          host,
          {
            peer: random.pick(this.cloud.get(host.network.vpcId) ?? []),
            port: 123,
            protocol: 17,
            inbound: false,
            packets: 1,
            size: 76,
            answer: 76,
          },
          time,
          random,
          emit,
        );
      case 'idle':
        return this.idle(host, time, random, emit);
    }
  }

  /** One row that says an interface had nothing to tell. */
  idle(host: Host, time: number, random: Random, emit: FlowSink): number {
    const status = random.chance(0.93) ? 'NODATA' : 'SKIPDATA';
    emit(
      time,
      host.network,
      `2 ${host.network.account.id} ${host.interfaceId} - - - - - - - ${time} ${time + random.int(30, 59)} - ${status}\n`,
    );
    return 1;
  }

  /** Any host of the world, for rows that only fill up. */
  anyHost(random: Random): Host {
    return random.weighted(this.hosts);
  }

  private client(host: Host, time: number, random: Random, emit: FlowSink): number {
    // A few customers come often, most come rarely.
    const { customers } = this.world;
    const peer = customers[Math.floor(customers.length * random.float() ** 2.2)] ?? '';
    const packets = Math.max(4, Math.round(random.skewed(14, 0.8)));
    return this.pair(
      host,
      { peer, port: random.chance(0.9) ? 443 : 80, inbound: true, packets, size: 130, answer: 840 },
      time,
      random,
      emit,
    );
  }

  private internal(host: Host, time: number, random: Random, emit: FlowSink): number {
    const others = (this.neighbours.get(host.network) ?? []).filter((h) => h !== host);
    if (others.length === 0) return this.outward(host, time, random, emit);
    const peer = random.pick(others);
    const port = peer.kind === 'database' ? 5432 : peer.kind === 'web' ? 443 : 8080;
    const packets = Math.max(4, Math.round(random.skewed(20, 0.9)));
    const source = random.int(32768, 60999);
    const end = time + random.int(1, 59);
    const bytes = packets * random.int(90, 300);
    const back = packets * random.int(200, 1100);
    const out = {
      from: host.privateIp,
      to: peer.privateIp,
      fromPort: source,
      toPort: port,
      packets,
      bytes,
      start: time,
      end,
    };
    const answer = {
      from: peer.privateIp,
      to: host.privateIp,
      fromPort: port,
      toPort: source,
      packets: packets - 1,
      bytes: back,
      start: time,
      end,
    };
    for (const side of [host, peer]) {
      emit(time, host.network, flowRow(host.network, side.interfaceId, out));
      emit(time, host.network, flowRow(host.network, side.interfaceId, answer));
    }
    return 4;
  }

  private outward(host: Host, time: number, random: Random, emit: FlowSink): number {
    const { network } = host;
    const peer = random.pick(this.cloud.get(network.vpcId) ?? []);
    const packets = Math.max(5, Math.round(random.skewed(22, 1)));
    const size = random.int(120, 900);
    const call = { peer, port: 443, inbound: false, packets, size, answer: random.int(150, 900) };
    const rows = this.pair(host, call, time, random, emit);
    if (host.publicIp !== null || random.chance(0.4)) return rows;
    const source = random.int(1024, 65000);
    const end = time + random.int(1, 59);
    const via = { packets, bytes: packets * size, start: time, end };
    emit(
      time,
      network,
      flowRow(network, network.natInterface, {
        from: network.natPrivate,
        to: peer,
        fromPort: source,
        toPort: 443,
        ...via,
      }),
    );
    emit(
      time,
      network,
      flowRow(network, network.natInterface, {
        from: peer,
        to: network.natPrivate,
        fromPort: 443,
        toPort: source,
        ...via,
      }),
    );
    return rows + 2;
  }

  private scan(host: Host, time: number, random: Random, emit: FlowSink): number {
    const packets = random.chance(0.8) ? 1 : random.int(2, 3);
    const { scanners } = this.world;
    const row = {
      from: scanners[Math.floor(scanners.length * random.float() ** 1.6)] ?? '',
      to: host.privateIp,
      fromPort: random.int(1024, 65000),
      toPort: random.weighted(SCANNED),
      packets,
      bytes: packets * random.pick([40, 44, 60]),
      start: time,
      end: time + random.int(0, 59),
      action: 'REJECT' as const,
    };
    emit(time, host.network, flowRow(host.network, host.interfaceId, row));
    return 1;
  }

  private pair(
    host: Host,
    call: {
      peer: string;
      port: number;
      protocol?: number;
      inbound: boolean;
      packets: number;
      size: number;
      answer: number;
    },
    time: number,
    random: Random,
    emit: FlowSink,
  ): number {
    const source = random.int(1024, 65000);
    const end = time + random.int(1, MINUTE - 1);
    const asked = {
      packets: call.packets,
      bytes: call.packets * call.size,
      start: time,
      end,
      protocol: call.protocol ?? 6,
    };
    const answers = Math.max(1, Math.round(call.packets * (0.8 + 0.5 * random.float())));
    const answered = { ...asked, packets: answers, bytes: answers * call.answer };
    const near = host.privateIp;
    const [from, to] = call.inbound ? [call.peer, near] : [near, call.peer];
    emit(
      time,
      host.network,
      flowRow(host.network, host.interfaceId, { from, to, fromPort: source, toPort: call.port, ...asked }),
    );
    emit(
      time,
      host.network,
      flowRow(host.network, host.interfaceId, {
        from: to,
        to: from,
        fromPort: call.port,
        toPort: source,
        ...answered,
      }),
    );
    return 2;
  }
}
