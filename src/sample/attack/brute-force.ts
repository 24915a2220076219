import { connectionAction, instanceResource } from '../stage/finding';
import type { Origin } from '../stage/origin';
import type { Stage } from '../stage/stage';
import type { IncidentTruth } from '../stage/truth';
import { HOUR, MINUTE } from '../world/calendar';
import type { Host } from '../world/hosts';

interface BruteForce {
  readonly host: Host;
  readonly origin: Origin;
  readonly start: number;
}

/**
 * Guesses SSH passwords against a public host until one fits, then stays logged in. Seen in flow records only: many
 * short conversations of nearly the same size, then a long one. Returns the time of the login.
 */
export function bruteForceSsh(stage: Stage, plan: BruteForce, incident: IncidentTruth): number {
  const { host, origin, start } = plan;
  const random = stage.random.fork('brute-force');
  const attempts = Math.round(random.int(260, 620) * Math.min(2, Math.max(0.35, stage.size)));
  const lasts = random.int(35, 95) * MINUTE;
  const packets = random.int(13, 22);
  for (let i = 0; i < attempts; i += 1) {
    const at = start + Math.floor((lasts * i) / attempts) + random.int(0, 3);
    talk(stage, plan, {
      at,
      port: random.int(30_000, 61_000),
      packets: Math.max(9, Math.round(packets + 2.2 * random.normal())),
      seconds: random.int(2, 7),
    });
  }
  const login = start + lasts + random.int(5, 90);
  const minutes = random.int(50, 240);
  const port = random.int(30_000, 61_000);
  for (let minute = 0; minute < minutes; minute += 1) {
    if (random.chance(0.25)) continue;
    talk(stage, plan, {
      at: login + minute * MINUTE,
      port,
      packets: Math.max(12, Math.round(random.skewed(90, 1))),
      seconds: 58,
    });
  }
  incident.addTechniques('T1110.001', 'T1021.004');
  incident.addEntity('instance', host.instanceId);
  incident.addEntity('address', origin.address);
  stage.finding(
    {
      account: host.network.account,
      region: host.network.region,
      type: 'UnauthorizedAccess:EC2/SSHBruteForce',
      severity: 2,
      title: `${origin.address} is performing SSH brute force attacks against ${host.instanceId}.`,
      description: `${origin.address} is performing SSH brute force attacks against ${host.instanceId}. Brute force attacks are used to gain unauthorized access to your instance by guessing the SSH password.`,
      resource: instanceResource(host),
      action: connectionAction({ from: origin, port: 22, inbound: true }),
      role: 'TARGET',
      first: start + 5 * MINUTE,
      last: Math.min(login, start + HOUR),
      count: random.int(1, 6),
    },
    incident,
  );
  return login;
}

function talk(
  stage: Stage,
  { host, origin }: BruteForce,
  flow: { at: number; port: number; packets: number; seconds: number },
): void {
  const { packets } = flow;
  const span = { start: flow.at, end: flow.at + flow.seconds };
  const near = { fromPort: 22, toPort: flow.port, packets: packets + 1, bytes: packets * 148, ...span };
  stage.flow(host, {
    from: origin.address,
    to: host.privateIp,
    fromPort: flow.port,
    toPort: 22,
    packets,
    bytes: packets * 121,
    ...span,
  });
  stage.flow(host, { from: host.privateIp, to: origin.address, ...near });
}
