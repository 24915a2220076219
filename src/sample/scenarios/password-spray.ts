import { signInDetails } from '../background/sign-in';
import { phishConsole } from '../attack/phishing';
import { keyHolders } from '../attack/stolen-key';
import { trustOutsider } from '../attack/persistence';
import { userOf, userSignIn } from '../record/credential';
import { HOUR, MINUTE } from '../world/calendar';
import { machineRoles } from '../world/world';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'password-spray',
  title: 'One password for everybody',
  description:
    'From one address a few common passwords are tried for all users; one fits, and a role is opened to an outsider.',
  play(stage) {
    const incident = stage.incident('password-spray');
    const holders = keyHolders(stage);
    const random = stage.random.fork('spray');
    const victim = random.pick(holders);
    const entry = stage.opening + random.int(30, 200) * MINUTE;
    const { at, origin } = phishConsole(stage, { victim, from: entry }, incident);
    const users = stage.world.staff.people.filter((p) => p.ssoRole === null && p.account === victim.account);
    const agent = at('iam').place.agent;
    const place = { address: origin.address, agent, region: victim.account.home };
    const first = users[0] ?? victim;
    const door = stage.actor(
      { credential: userSignIn(userOf(first)), place, from: stage.opening, pace: 9 },
      incident,
    );
    for (let round = random.int(2, 3); round > 0; round -= 1) {
      for (const person of users) {
        if (door.now >= entry - 60) break;
        door.as(userSignIn(userOf(person))).call('signin:ConsoleLogin', {
          type: 'AwsConsoleSignIn',
          error: { code: '', message: 'Failed authentication' },
          response: { ConsoleLogin: 'Failure' },
          extra: signInDetails(place.region, null),
        });
      }
      door.pause(random.int(3, 12) * MINUTE);
    }
    incident.addTechniques('T1110.003');
    at('iam').call('iam:ListUsers');
    at('iam').call('iam:ListRoles');
    at('iam').call('iam:GetAccountPasswordPolicy', {
      error: { code: 'NoSuchEntityException', message: 'The Password Policy cannot be found.' },
    });
    at('ec2').call('ec2:DescribeInstances', { request: { instancesSet: {}, filterSet: {} } });
    at('s3').call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
    incident.addTechniques('T1087.004', 'T1580', 'T1538');
    at('iam').pause(random.int(1, 5) * HOUR);
    trustOutsider(at('iam'), machineRoles(stage.world, victim.account).operator, incident);
  },
});
