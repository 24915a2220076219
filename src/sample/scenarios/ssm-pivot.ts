import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { instanceSession } from '../record/credential';
import { HOUR, MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'ssm-pivot',
  title: 'Into the machines by the front office',
  description:
    'A stolen key sends commands to machines, and calls made on them with their own roles read secrets from inside.',
  play(stage) {
    const incident = stage.incident('ssm-pivot');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const { actor } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    lookAround(actor, incident, { strength: 0.35, refusals: 0.4 });
    const hosts = stage.world.hosts.filter((h) => h.network.account === account && h.kind !== 'database');
    const host = random.pick(hosts);
    const { region } = host.network;
    actor.call('ssm:DescribeInstanceInformation', { region, request: { maxResults: 50 } });
    actor.pause(random.int(5, 90) * MINUTE);
    const instanceIds = [host, ...random.sample(hosts, 2)].map((h) => h.instanceId);
    for (let i = random.int(1, 4); i > 0; i -= 1) {
      const commandId = random.uuid();
      actor.call('ssm:SendCommand', {
        region,
        request: {
          documentName: 'AWS-RunShellScript',
          instanceIds: [...new Set(instanceIds)],
          parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS',
          interactive: false,
        },
        response: { command: { commandId, documentName: 'AWS-RunShellScript', status: 'Pending' } },
      });
      actor.call('ssm:GetCommandInvocation', { region, request: { commandId, instanceId: host.instanceId } });
    }
    if (random.chance(0.5))
      actor.call('ssm:StartSession', {
        region,
        request: { target: host.instanceId },
        response: {
          sessionId: `${victim.name}-0${random.hex(16)}`,
          tokenValue: 'Value hidden due to security reasons.',
        },
      });
    incident.addTechniques('T1651', 'T1059.004', 'T1021.007');
    // What is called on the machine comes from its own address with its own role, by a tool it never used.
    const from = actor.now + random.int(3, 40) * MINUTE;
    const inside = stage.actor(
      {
        credential: instanceSession(host, from),
        place: {
          address: host.publicIp ?? host.network.natAddress,
          agent: `aws-cli/2.${random.int(15, 22)}.3 md/awscrt#0.23.2 ua/2.0 os/linux#6.1.112 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#standard md/prompt#off`,
          region,
        },
        from,
        pace: 20,
      },
      incident,
    );
    inside.call('sts:GetCallerIdentity');
    inside.call('secretsmanager:ListSecrets', { region, request: { maxResults: 100 } });
    for (const secretId of account.secrets)
      inside.call('secretsmanager:GetSecretValue', { region, request: { secretId } });
    inside.deny('iam:ListRoles', `arn:aws:iam::${account.id}:role/`);
    inside.deny('organizations:ListAccounts', '*');
    inside.pause(random.int(1, 6) * HOUR).call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
    incident.addTechniques('T1552.005', 'T1555.006');
    incident.addEntity('instance', host.instanceId);
  },
});
