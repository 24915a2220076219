import { keyHolders, takeKey } from '../attack/stolen-key';
import { DAY, HOUR } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'slow-and-low',
  title: 'A few calls a day',
  description:
    'A stolen key is used for minutes on many days at the owner’s hours: rights, names, a secret, a few objects each time.',
  play(stage) {
    const incident = stage.incident('slow-and-low');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const { world } = stage;
    const region = account.home;
    const days = Math.max(2, Math.min(12, Math.floor(world.days * 0.4)));
    const begins = world.end - (days + 2) * DAY;
    const bucket = stage.random.fork('bucket').pick(account.buckets.filter((b) => b.sensitive));
    const { actor } = takeKey(stage, { victim, from: begins, pace: 70 }, incident);
    const { random } = actor.scene;
    actor.pause(random.int(0, 8) * HOUR);
    const hour = (9 - victim.zoneHours) * HOUR;
    for (let day = 0; day < days; day += 1) {
      if (day > 0 && random.chance(0.25)) continue;
      const at = begins - ((begins - world.start) % DAY) + day * DAY + hour + random.int(0, 8 * HOUR);
      if (at > actor.now) actor.pause(at - actor.now);
      if (day === 0) {
        actor.call('sts:GetCallerIdentity');
        actor.call('iam:GetUser');
        actor.call('iam:ListAttachedUserPolicies', { request: { userName: victim.name } });
        actor.call('iam:ListGroupsForUser', { request: { userName: victim.name } });
        incident.addTechniques('T1087.004', 'T1069.003');
      } else if (day === 1 || random.chance(0.3)) {
        actor.call('secretsmanager:ListSecrets', { region, request: { maxResults: 20 } });
        actor.call('secretsmanager:GetSecretValue', {
          region,
          request: { secretId: random.pick(account.secrets) },
        });
        incident.addTechniques('T1555.006');
      } else {
        const place = { bucketName: bucket.name, Host: `${bucket.name}.s3.${bucket.region}.amazonaws.com` };
        actor.call('s3:ListObjects', { region: bucket.region, request: place });
        for (let i = random.int(3, 12); i > 0; i -= 1) {
          const key = `${random.pick(bucket.prefixes)}/${random.int(1, 28)}/${random.hex(10)}.pdf`;
          actor.call('s3:GetObject', {
            region: bucket.region,
            request: { ...place, key },
            bytesOut: Math.round(random.skewed(2_000_000, 0.8)),
            resources: [
              { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket.name}/${key}` },
              { accountId: account.id, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket.name}` },
            ],
          });
        }
        incident.addTechniques('T1619', 'T1530');
      }
      if (random.chance(0.3))
        actor.deny('iam:CreateAccessKey', victim.userArn, { request: { userName: victim.name } });
    }
    incident.addEntity('bucket', bucket.name);
  },
});
