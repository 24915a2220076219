import { downloadBucket, surveyBuckets } from '../attack/exfiltration';
import { mineCoins } from '../attack/mining';
import { addBackdoorUser } from '../attack/persistence';
import { phishConsole } from '../attack/phishing';
import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { HOUR } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'two-attackers',
  title: 'Two who know nothing of each other',
  description:
    'In the same days a leaked key is used to mine and a phished console to take data: two incidents, not one.',
  play(stage) {
    const random = stage.random.fork('victims');
    const [miner, reader] = random.sample(keyHolders(stage), 2);
    if (!miner || !reader) throw new RangeError('two people with keys are needed');
    const mining = stage.incident('mining');
    const { actor, origin } = takeKey(stage, { victim: miner, from: stage.opening }, mining);
    askWhoAmI(actor, mining);
    lookAround(actor, mining, { strength: 0.6 });
    mineCoins(
      addBackdoorUser(() => actor, miner.account, mining),
      miner.account,
      mining,
    );
    const reading = stage.incident('reading');
    const from = stage.opening + random.int(-6, 12) * HOUR + random.int(0, 3000);
    const { at } = phishConsole(stage, { victim: reader, from, avoid: [origin] }, reading);
    at('iam').call('iam:ListUsers');
    at('s3').call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
    const bucket = surveyBuckets(at('s3'), reader.account, reading);
    downloadBucket(at('s3'), reader.account, bucket, { objects: 180, incident: reading });
  },
});
