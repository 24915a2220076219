import { downloadBucket, surveyBuckets } from '../attack/exfiltration';
import { addBackdoorUser } from '../attack/persistence';
import { phishConsole } from '../attack/phishing';
import { lookAround } from '../attack/reconnaissance';
import { keyHolders } from '../attack/stolen-key';
import { MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'console-phishing',
  title: 'A phished sign-in',
  description:
    'A console sign-in from a new address, a way back as a new user, and a bucket read through it.',
  play(stage) {
    const incident = stage.incident('console-phishing');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { at } = phishConsole(stage, { victim, from: stage.opening }, incident);
    const { random } = at('iam').scene;
    for (const service of ['iam', 'ec2', 's3']) {
      const page = at(service).pause(random.int(20, 90));
      if (service === 'iam') {
        page.call('iam:GetAccountSummary');
        page.call('iam:ListUsers');
        page.call('iam:ListRoles');
      } else if (service === 'ec2') {
        page.call('ec2:DescribeInstances', { request: { instancesSet: {}, filterSet: {} } });
        page.call('ec2:DescribeVpcs', { request: { vpcSet: {}, filterSet: {} } });
      } else {
        page.call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
      }
    }
    incident.addTechniques('T1538', 'T1087.004', 'T1580');
    at('iam').pause(random.int(5, 60) * MINUTE);
    const backdoor = addBackdoorUser(at, victim.account, incident);
    backdoor.pause(random.int(30, 300) * MINUTE).call('sts:GetCallerIdentity');
    lookAround(backdoor, incident, { strength: 0.5, refusals: 0.1 });
    const bucket = surveyBuckets(backdoor, victim.account, incident);
    downloadBucket(backdoor, victim.account, bucket, { objects: random.int(140, 300), incident });
  },
});
