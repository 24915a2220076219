import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { federatedUser } from '../record/credential';
import { composeId } from '../world/account';
import { HOUR, isoOf, MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'federation-token',
  title: 'A session that outlives its key',
  description:
    'A stolen key makes a federated session, opens the console with it, and goes on after the key is switched off.',
  play(stage) {
    const incident = stage.incident('federation-token');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const { actor } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    lookAround(actor, incident, { strength: 0.5, refusals: 0.4 });
    actor.pause(random.int(4, 60) * MINUTE);
    const name = random.pick(['support', 'audit', 'admin', 'AWSConsole']);
    const accessKeyId = composeId('ASIA', account, random);
    const lasts = 36 * HOUR;
    actor.call('sts:GetFederationToken', {
      request: {
        name,
        policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
        }),
        durationSeconds: lasts,
      },
      response: {
        credentials: {
          accessKeyId,
          sessionToken: `IQoJb3JpZ2luX2VjE${random.token(180)}=`,
          expiration: isoOf(actor.now + lasts),
        },
        federatedUser: {
          federatedUserId: `${account.id}:${name}`,
          arn: `arn:aws:sts::${account.id}:federated-user/${name}`,
        },
        packedPolicySize: 4,
      },
    });
    const session = federatedUser(
      { account: account.id, name: victim.name, arn: victim.userArn, id: victim.userId },
      { name, accessKeyId, created: actor.now },
    );
    incident.addTechniques('T1550.001', 'T1078.004', 'T1606');
    const federated = actor.as(session);
    if (random.chance(0.6))
      federated.call('signin:GetSigninToken', {
        type: 'AwsConsoleSignIn',
        response: { GetSigninToken: 'Success' },
        region: 'us-east-1',
      });
    federated.pause(random.int(2, 15) * HOUR);
    federated.call('ec2:DescribeInstances', { request: { instancesSet: {}, filterSet: {} } });
    federated.call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
    for (const secretId of account.secrets)
      federated.call('secretsmanager:GetSecretValue', { region: account.home, request: { secretId } });
    federated.deny('iam:ListUsers', `arn:aws:iam::${account.id}:user/`);
    if (random.chance(0.5))
      federated.call('ec2:GetPasswordData', {
        region: account.home,
        request: { instanceId: `i-0${random.hex(16)}` },
      });
    incident.addTechniques('T1555.006', 'T1580');
  },
});
