import { downloadBucket } from '../attack/exfiltration';
import { raiseAlarm, usedOutside } from '../attack/findings';
import { askWhoAmI } from '../attack/reconnaissance';
import { takeInstanceSession } from '../attack/stolen-session';
import { itemAt } from '../random/item-at';
import { DAY, HOUR, MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'ssrf-instance-role',
  title: 'A web page asks for the machine’s credentials',
  description:
    'A hole in a web server gives the instance role away: buckets listed, one copied in two visits from outside.',
  play(stage) {
    const incident = stage.incident('ssrf-instance-role');
    const random = stage.random.fork('ssrf');
    const web = stage.world.hosts.filter((h) => h.kind === 'web');
    const host = itemAt(web, random.int(0, web.length - 1));
    const { account } = host.network;
    const { actor, origin } = takeInstanceSession(stage, { host, from: stage.opening }, incident);
    const first = actor.now;
    if (random.chance(0.7)) askWhoAmI(actor, incident);
    actor.call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
    if (random.chance(0.5)) actor.deny('iam:ListAttachedRolePolicies', host.role.arn);
    actor.deny('ec2:DescribeInstances', '*', { request: { instancesSet: {}, filterSet: {} } });
    const open = account.buckets.filter((b) => !b.sensitive);
    for (const bucket of account.buckets) {
      const request = { bucketName: bucket.name, Host: `${bucket.name}.s3.${bucket.region}.amazonaws.com` };
      if (bucket.sensitive && random.chance(0.4))
        actor.deny('s3:ListObjects', `arn:aws:s3:::${bucket.name}`, { request, region: bucket.region });
      else actor.call('s3:ListObjects', { request, region: bucket.region });
    }
    incident.addTechniques('T1619', 'T1580');
    const bucket = random.pick(random.chance(0.6) ? account.buckets.filter((b) => b.sensitive) : open);
    downloadBucket(actor, account, bucket, { objects: random.int(60, 240), incident });
    if (random.chance(0.6))
      raiseAlarm(
        stage,
        actor,
        origin,
        usedOutside(host, { api: 'ListBuckets', service: 's3', first }),
        incident,
      );
    const again = Math.min(actor.now + random.int(6, 20) * HOUR, stage.opening + DAY + 6 * HOUR);
    const back = takeInstanceSession(
      stage,
      { host, from: again + random.int(1, 30) * MINUTE, origin },
      incident,
    );
    downloadBucket(back.actor, account, bucket, { objects: random.int(40, 120), incident });
  },
});
