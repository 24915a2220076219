import type { Random } from '../random/random';
import { composeFinding, instanceResource, remoteIp, type Finding } from '../stage/finding';
import { hostileOrigin } from '../stage/origin';
import type { BenignTruth } from '../stage/truth';
import { DAY, HOUR } from '../world/calendar';
import type { Host } from '../world/hosts';
import type { Person } from '../world/people';
import type { World } from '../world/world';

/** Findings that belong to no incident: a red herring near the story's day, and two that are merely noise. */
export function noiseFindings(
  world: World,
  plan: { around: number; except: ReadonlySet<string> },
  random: Random,
): { findings: Finding[]; benign: BenignTruth[] } {
  const open = world.hosts.filter((h) => h.publicIp !== null && !plan.except.has(h.instanceId));
  const probed = random.pick(open.length > 0 ? open : world.hosts);
  const herring = probeFinding(probed, plan.around + random.int(-6, 8) * HOUR, random);
  const admin = random.pick(world.staff.admins);
  const early =
    world.start + random.int(1, Math.max(1, Math.floor(world.days / 2))) * DAY + random.int(0, DAY - 1);
  const anomalous = adminFinding(admin, world, early, random);
  const port = portFinding(random.pick(world.hosts.filter((h) => h !== probed)), early + 2 * DAY, random);
  return {
    findings: [herring, anomalous, port],
    benign: [
      {
        kind: 'redHerring',
        id: herring.id,
        note: `the usual probing of the open port of ${probed.instanceId}`,
      },
      { kind: 'noiseFinding', id: anomalous.id, note: `an administrator, ${admin.name}, at work` },
      { kind: 'noiseFinding', id: port.id, note: 'a new but harmless destination port' },
    ],
  };
}

function probeFinding(host: Host, time: number, random: Random): Finding {
  const probes = [22, 3389, 8080].map((port) => ({
    localPortDetails: { port, portName: port === 22 ? 'SSH' : 'Unknown' },
    localIpDetails: { ipAddressV4: host.privateIp },
    remoteIpDetails: remoteIp(hostileOrigin(random)),
  }));
  return composeFinding(
    {
      account: host.network.account,
      region: host.network.region,
      type: 'Recon:EC2/PortProbeUnprotectedPort',
      severity: 2,
      title: `Unprotected port on EC2 instance ${host.instanceId} is being probed.`,
      description: 'EC2 instance has an unprotected port which is being probed by a known malicious host.',
      resource: instanceResource(host),
      action: { actionType: 'PORT_PROBE', portProbeAction: { portProbeDetails: probes, blocked: false } },
      role: 'TARGET',
      first: time,
      last: time + random.int(1, 9) * HOUR,
      count: random.int(2, 40),
    },
    random,
  );
}

function adminFinding(admin: Person, world: World, time: number, random: Random): Finding {
  const name = admin.ssoRole?.name ?? admin.name;
  const { country, officeAddress } = world.staff;
  return composeFinding(
    {
      account: admin.account,
      region: admin.account.home,
      type: 'Discovery:IAMUser/AnomalousBehavior',
      severity: 2,
      title: `The user ${name} is anomalously invoking APIs commonly used in Discovery tactics.`,
      description: 'APIs commonly used in Discovery tactics were invoked under anomalous circumstances.',
      resource: {
        resourceType: 'AccessKey',
        accessKeyDetails: {
          accessKeyId: admin.accessKeyId ?? '',
          principalId: admin.ssoRole ? `${admin.ssoRole.id}:${admin.email}` : admin.userId,
          userType: admin.ssoRole ? 'AssumedRole' : 'IAMUser',
          userName: name,
        },
      },
      action: {
        actionType: 'AWS_API_CALL',
        awsApiCallAction: {
          api: 'GetAccountAuthorizationDetails',
          serviceName: 'iam.amazonaws.com',
          callerType: 'Remote IP',
          remoteIpDetails: remoteIp({ country, address: officeAddress }),
          affectedResources: {},
        },
      },
      role: 'TARGET',
      first: time,
      last: time,
      count: 1,
    },
    random,
  );
}

function portFinding(host: Host, time: number, random: Random): Finding {
  return composeFinding(
    {
      account: host.network.account,
      region: host.network.region,
      type: 'Behavior:EC2/NetworkPortUnusual',
      severity: 5,
      title: `EC2 instance ${host.instanceId} is communicating with a remote host on an unusual port.`,
      description: 'The instance is communicating with a remote host on a port it has no history of using.',
      resource: instanceResource(host),
      action: {
        actionType: 'NETWORK_CONNECTION',
        networkConnectionAction: {
          connectionDirection: 'OUTBOUND',
          remoteIpDetails: remoteIp(hostileOrigin(random)),
          remotePortDetails: { port: random.pick([8443, 9443, 5671, 8883]), portName: 'Unknown' },
          localPortDetails: { port: random.int(32768, 60999), portName: 'Unknown' },
          protocol: 'TCP',
          blocked: false,
        },
      },
      role: 'ACTOR',
      first: time,
      last: time + HOUR,
      count: 1,
    },
    random,
  );
}
