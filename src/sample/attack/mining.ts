import type { Actor } from '../stage/actor';
import type { IncidentTruth } from '../stage/truth';
import type { Account } from '../world/account';
import { isoOf } from '../world/calendar';
import { REGIONS } from '../world/ranges';

const TYPES = ['g5.12xlarge', 'p3.8xlarge', 'g4dn.12xlarge', 'c6a.32xlarge', 'p4d.24xlarge'];

/** Starts large machines in Regions nobody uses, as far as the quotas let it. */
export function mineCoins(actor: Actor, account: Account, incident: IncidentTruth): void {
  const { random } = actor.scene;
  const unused = REGIONS.filter((r) => !account.regions.includes(r));
  for (const region of random.sample(unused, random.int(2, 4))) {
    actor.call('ec2:DescribeInstances', { region, request: { instancesSet: {}, filterSet: {} } });
    actor.call('servicequotas:ListServiceQuotas', { region, request: { serviceCode: 'ec2' } });
    openDoor(actor, region);
    const tries = random.int(2, 4);
    for (let i = 0; i < tries; i += 1) launch(actor, region);
  }
  incident.addTechniques('T1496', 'T1496.001', 'T1578.002', 'T1535');
}

function openDoor(actor: Actor, region: string): void {
  const { random } = actor.scene;
  const keyName = random.pick(['key1', 'default', 'x', 'node']);
  const groupName = random.pick(['default-sg', 'launch-wizard-1', 'nodes']);
  const groupId = `sg-0${random.hex(16)}`;
  actor.call('ec2:CreateKeyPair', {
    region,
    request: { keyName, keyType: 'rsa', keyFormat: 'pem' },
    response: {
      requestId: random.uuid(),
      keyName,
      keyPairId: `key-0${random.hex(16)}`,
      keyMaterial: '<sensitiveDataRemoved>',
    },
  });
  actor.call('ec2:CreateSecurityGroup', {
    region,
    request: { groupName, groupDescription: groupName },
    response: { requestId: random.uuid(), _return: true, groupId },
  });
  const rule = {
    ipProtocol: 'tcp',
    fromPort: 22,
    toPort: 22,
    groups: {},
    ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
  };
  actor.call('ec2:AuthorizeSecurityGroupIngress', {
    region,
    request: { groupId, ipPermissions: { items: [rule] } },
    response: { requestId: random.uuid(), _return: true },
  });
}

function launch(actor: Actor, region: string): void {
  const { random } = actor.scene;
  const instanceType = random.pick(TYPES);
  const count = random.int(4, 20);
  const request = {
    instancesSet: { items: [{ imageId: `ami-0${random.hex(16)}`, minCount: 1, maxCount: count }] },
    instanceType,
    blockDeviceMapping: {},
    monitoring: { enabled: false },
    disableApiTermination: false,
    clientToken: random.uuid(),
  };
  if (random.chance(0.55)) {
    const message =
      'You have requested more vCPU capacity than your current vCPU limit of 64 allows for the instance bucket that the specified instance type belongs to.';
    actor.call('ec2:RunInstances', { region, request, error: { code: 'Client.VcpuLimitExceeded', message } });
    return;
  }
  const items = Array.from({ length: count }, () => ({
    instanceId: `i-0${random.hex(16)}`,
    instanceType,
    instanceState: { code: 0, name: 'pending' },
    launchTime: isoOf(actor.now),
  }));
  const response = {
    requestId: random.uuid(),
    reservationId: `r-0${random.hex(16)}`,
    instancesSet: { items },
  };
  actor.call('ec2:RunInstances', { region, request, response });
}
