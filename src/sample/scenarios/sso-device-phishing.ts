import { downloadBucket, surveyBuckets } from '../attack/exfiltration';
import { lookAround } from '../attack/reconnaissance';
import { openSso } from '../background/sign-in';
import { hostileAgent, hostileOrigin } from '../stage/origin';
import { MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'sso-device-phishing',
  title: 'A device code, approved in good faith',
  description:
    'Somebody approves a stranger’s device: single sign-on gives the stranger a role session, then another one later.',
  play(stage) {
    const incident = stage.incident('sso-device-phishing');
    const random = stage.random.fork('device');
    const people = stage.world.staff.people.filter(
      (p) => p.ssoRole !== null && p.from === 0 && p !== stage.world.staff.traveller && p.job !== 'finance',
    );
    const fallback = stage.world.staff.people.filter((p) => p.ssoRole !== null && p.from === 0);
    const victim = random.pick(people.length > 0 ? people : fallback);
    const { account } = victim;
    const origin = hostileOrigin(random);
    const place = { address: origin.address, agent: hostileAgent(random), region: account.home };
    const scene = stage.scene(stage.opening, incident, 30);
    incident.addTechniques('T1566.002', 'T1528', 'T1078.004');
    const first = openSso(victim, place, scene);
    first.call('sts:GetCallerIdentity');
    lookAround(first, incident, { strength: 0.6, refusals: 0.5 });
    first.pause(random.int(30, 400) * MINUTE);
    const second = openSso(victim, place, scene);
    const bucket = surveyBuckets(second, account, incident);
    if (random.chance(0.7))
      downloadBucket(second, account, bucket, { objects: random.int(60, 200), incident });
    if (random.chance(0.5)) {
      for (const secretId of account.secrets)
        second.call('secretsmanager:GetSecretValue', { region: account.home, request: { secretId } });
      incident.addTechniques('T1555.006');
    }
  },
});
