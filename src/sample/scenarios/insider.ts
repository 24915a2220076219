import { downloadBucket, surveyBuckets } from '../attack/exfiltration';
import { readSecrets, shareSnapshots } from '../attack/secrets';
import { keyHolders } from '../attack/stolen-key';
import { userKey, userOf } from '../record/credential';
import { DAY, HOUR } from '../world/calendar';
import { homeAddressAt, toolsAt } from '../world/people';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'insider',
  title: 'One of our own',
  description:
    'An employee, with the own key and from home, at night: secrets, a sensitive bucket, disks shared outside.',
  play(stage) {
    const incident = stage.incident('insider');
    const random = stage.random.fork('insider');
    const person = random.pick(keyHolders(stage));
    const night = stage.opening - ((stage.opening - stage.world.start) % DAY) + DAY;
    const from = night + Math.round((1 + 3 * random.float() - person.zoneHours) * HOUR);
    const place = {
      address: homeAddressAt(person, from),
      agent: toolsAt(person, from).cli,
      region: person.account.home,
    };
    const credential = userKey(userOf(person), person.accessKeyId ?? '');
    const actor = stage.actor({ credential, place, from, pace: 15 }, incident);
    const bucket = surveyBuckets(actor, person.account, incident);
    readSecrets(actor, person.account, incident);
    downloadBucket(actor, person.account, bucket, { objects: random.int(200, 420), incident });
    shareSnapshots(actor, person.account, incident);
    incident.addTechniques('T1078.004');
    incident.addEntity('user', person.userArn);
  },
});
