import { downloadBucket, surveyBuckets } from '../attack/exfiltration';
import { encryptBucket, hinderRecovery } from '../attack/ransom';
import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'ransom',
  title: 'A bucket held to ransom',
  description:
    'A stolen key reads a bucket, takes away what helps to recover, and rewrites the objects with a foreign key.',
  play(stage) {
    const incident = stage.incident('ransom');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const { actor } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    lookAround(actor, incident, { strength: 0.6, refusals: 0.6 });
    const bucket = surveyBuckets(actor, account, incident);
    downloadBucket(actor, account, bucket, { objects: random.int(60, 140), incident });
    actor.pause(random.int(30, 400) * MINUTE);
    hinderRecovery(actor, account, bucket, incident);
    encryptBucket(actor, { account, bucket, objects: random.int(120, 260), incident });
  },
});
