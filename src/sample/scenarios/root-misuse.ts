import { rootIdentity } from '../record/credential';
import { signInDetails } from '../background/sign-in';
import { addBackdoorUser } from '../attack/persistence';
import { mineCoins } from '../attack/mining';
import { hostileOrigin } from '../stage/origin';
import { itemAt } from '../random/item-at';
import { composeId } from '../world/account';
import { isoOf, longDateOf, MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'root-misuse',
  title: 'The root user in strange hands',
  description:
    'Somebody resets the root password, signs in without a second factor, makes a root key and an administrator.',
  play(stage) {
    const incident = stage.incident('root-misuse');
    const random = stage.random.fork('root');
    const account = itemAt(stage.world.accounts, random.int(0, 1));
    const origin = hostileOrigin(random);
    const browser =
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36';
    const place = { address: origin.address, agent: browser, region: 'us-east-1' };
    const door = stage.actor(
      { credential: rootIdentity(account, null, stage.opening), place, from: stage.opening, pace: 30 },
      incident,
    );
    if (random.chance(0.6)) {
      door.call('signin:PasswordRecoveryRequested', {
        type: 'AwsConsoleSignIn',
        response: { PasswordRecoveryRequested: 'Success' },
      });
      door.pause(random.int(60, 400)).call('signin:PasswordRecoveryCompleted', {
        type: 'AwsConsoleSignIn',
        response: { PasswordRecoveryCompleted: 'Success' },
      });
    }
    door.pause(random.int(20, 90));
    const session = {
      ...rootIdentity(account, null, door.now),
      credential: `arn:aws:iam::${account.id}:root|${isoOf(door.now)}`,
    };
    const created = door.now;
    door
      .atPace(0)
      .as(session)
      .call('signin:ConsoleLogin', {
        type: 'AwsConsoleSignIn',
        response: { ConsoleLogin: 'Success' },
        extra: signInDetails('us-east-1', null),
      });
    const key = composeId('ASIA', account, random);
    const root = door.as(rootIdentity(account, key, created, false), { fromConsole: true });
    root.call('iam:GetAccountSummary');
    root.call('iam:ListAccessKeys');
    const accessKeyId = composeId('AKIA', account, random);
    root.call('iam:CreateAccessKey', {
      response: {
        accessKey: { accessKeyId, status: 'Active', userName: 'root', createDate: longDateOf(root.now) },
      },
    });
    incident.addTechniques('T1078.004', 'T1098.001');
    if (random.chance(0.5))
      root.call('account:PutAlternateContact', {
        request: { alternateContactType: 'SECURITY', name: '***', emailAddress: '***' },
      });
    root.call('organizations:DescribeOrganization');
    root.call('ec2:DescribeInstances', {
      request: { instancesSet: {}, filterSet: {} },
      region: account.home,
    });
    const user = addBackdoorUser(() => root, account, incident);
    user.pause(random.int(5, 180) * MINUTE).call('sts:GetCallerIdentity');
    mineCoins(user, account, incident);
  },
});
