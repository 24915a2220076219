import { takeInstanceSession } from '../attack/stolen-session';
import { askWhoAmI } from '../attack/reconnaissance';
import { takeBuildSession } from '../attack/stolen-session';
import { itemAt } from '../random/item-at';
import { DAY, HOUR, MINUTE } from '../world/calendar';
import { hostileOrigin } from '../stage/origin';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'image-supply-chain',
  title: 'An image that calls home',
  description:
    'A stolen build session registers an image of an outsider and rolls it out; a machine then sends its role and calls home.',
  play(stage) {
    const incident = stage.incident('image-supply-chain');
    const random = stage.random.fork('image');
    const workers = stage.world.hosts.filter((h) => h.kind === 'worker' || h.kind === 'app');
    const host = itemAt(workers, random.int(0, workers.length - 1));
    const { account, region } = host.network;
    const { actor } = takeBuildSession(stage, { account, from: stage.opening }, incident);
    askWhoAmI(actor, incident);
    const imageId = `ami-0${random.hex(16)}`;
    actor.call('ec2:DescribeImages', { region, request: { ownersSet: { items: [{ owner: 'self' }] } } });
    actor.call('ec2:CopyImage', {
      region,
      request: { sourceRegion: region, sourceImageId: `ami-0${random.hex(16)}`, name: `${host.name}-base` },
      response: { requestId: random.uuid(), imageId },
    });
    actor.call('ec2:DescribeLaunchTemplates', { region });
    actor.call('ec2:CreateLaunchTemplateVersion', {
      region,
      request: {
        CreateLaunchTemplateVersionRequest: {
          LaunchTemplateName: host.name,
          SourceVersion: '$Latest',
          LaunchTemplateData: { ImageId: imageId, UserData: '<sensitiveDataRemoved>' },
        },
      },
    });
    actor.call('autoscaling:StartInstanceRefresh', { region, request: { autoScalingGroupName: host.name } });
    incident.addTechniques('T1525', 'T1195.002', 'T1578.002');
    const origin = hostileOrigin(random.fork('home'));
    const begins = actor.now + random.int(20, 90) * MINUTE;
    const every = random.pick([60, 120, 300]);
    const until = Math.min(begins + 12 * HOUR, stage.opening + DAY + 6 * HOUR);
    for (let at = begins; at < until; at += every) {
      const start = at + random.int(0, 4);
      const port = random.int(32_000, 60_000);
      const span = { start, end: start + 8 };
      stage.flow(host, {
        from: host.privateIp,
        to: origin.address,
        fromPort: port,
        toPort: 443,
        packets: 9,
        bytes: 1180 + random.int(0, 60),
        ...span,
      });
      stage.flow(host, {
        from: origin.address,
        to: host.privateIp,
        fromPort: 443,
        toPort: port,
        packets: 8,
        bytes: 2210 + random.int(0, 80),
        ...span,
      });
    }
    incident.addTechniques('T1071.001');
    incident.addEntity('address', origin.address);
    const from = begins + random.int(1, 5) * HOUR;
    const { actor: outside } = takeInstanceSession(stage, { host, from, origin }, incident);
    askWhoAmI(outside, incident);
    outside.call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
    outside.deny('secretsmanager:ListSecrets', '*', { region });
    outside.call('ssm:DescribeParameters', { region, request: { maxResults: 50 } });
    for (const name of account.parameters.slice(0, 3))
      outside.call('ssm:GetParameter', { region, request: { name, withDecryption: true } });
    incident.addTechniques('T1619', 'T1552.001');
  },
});
