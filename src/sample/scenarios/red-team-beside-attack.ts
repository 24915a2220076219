import { downloadBucket, surveyBuckets } from '../attack/exfiltration';
import { addBackdoorUser } from '../attack/persistence';
import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { readSecrets } from '../attack/secrets';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { composeUser, userKey } from '../record/credential';
import { itemAt } from '../random/item-at';
import { hostileOrigin } from '../stage/origin';
import { composeId } from '../world/account';
import { HOUR } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'red-team-beside-attack',
  title: 'A test, and somebody who is not testing',
  description:
    'Hired testers go through their exercises with their own user while a stolen key takes a bucket: two stories.',
  play(stage) {
    const random = stage.random.fork('tests');
    const account = itemAt(stage.world.accounts, random.int(0, 1));
    const testing = stage.incident('red-team');
    const office = hostileOrigin(random.fork('office'));
    const tester = composeUser(account, random.pick(['pentest', 'redteam-2025', 'ext-assessment']), random);
    const agent = random.chance(0.5)
      ? `stratus-red-team_${random.uuid()}`
      : 'Boto3/1.34.162 md/Botocore#1.34.162 ua/2.0 os/linux#6.9.7-amd64 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.162';
    const place = { address: office.address, agent, region: account.home };
    const credential = userKey(tester, composeId('AKIA', account, random));
    const from = stage.opening + random.int(-5, 5) * HOUR;
    const test = stage.actor({ credential, place, from, pace: 30 }, testing);
    askWhoAmI(test, testing);
    lookAround(test, testing, { refusals: 0.3 });
    addBackdoorUser(() => test, account, testing);
    readSecrets(test, account, testing);
    test.call('cloudtrail:DescribeTrails', { request: { includeShadowTrails: true, trailNameList: [] } });
    test.deny(
      'cloudtrail:StopLogging',
      `arn:aws:cloudtrail:${account.home}:${account.id}:trail/${account.trailName}`,
      {
        request: { name: account.trailName },
      },
    );
    testing.addTechniques('T1562.008', 'T1685.002');
    const real = stage.incident('real');
    const victim = random.pick(keyHolders(stage));
    const { actor } = takeKey(
      stage,
      { victim, from: stage.opening + random.int(0, 4000), avoid: [office] },
      real,
    );
    askWhoAmI(actor, real);
    const bucket = surveyBuckets(actor, victim.account, real);
    downloadBucket(actor, victim.account, bucket, { objects: random.int(80, 200), incident: real });
  },
});
