import { downloadBucket, surveyBuckets } from '../attack/exfiltration';
import { composeKeys } from '../attack/object-keys';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

const TOOLS = [
  '[S3 Browser/11.7.5 (https://s3browser.com)]',
  '[S3 Browser/10.9.9 (https://s3browser.com)]',
  '[WinSCP/6.3.4 neon/0.33.0]',
  '[Cyberduck/9.0.2.42108 (Windows 10/10.0) (amd64)]',
];

export default defineScenario({
  id: 'data-destruction',
  title: 'Copied, erased, and a note',
  description:
    'A key from a public file opens the buckets in a file browser: one is copied, emptied and replaced by a note.',
  play(stage) {
    const incident = stage.incident('data-destruction');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const stolen = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = stolen.actor.scene;
    const actor = stolen.actor.as(stolen.actor.credential, { agent: random.pick(TOOLS) });
    const bucket = surveyBuckets(actor, account, incident);
    const { region } = bucket;
    const host = `${bucket.name}.s3.${region}.amazonaws.com`;
    const place = { bucketName: bucket.name, Host: host };
    actor.pause(random.int(10, 400) * MINUTE);
    downloadBucket(actor, account, bucket, { objects: random.int(40, 160), incident });
    actor.call('s3:GetBucketVersioning', { region, request: { ...place, versioning: '' } });
    actor.call('s3:GetBucketObjectLockConfiguration', {
      region,
      request: { ...place, 'object-lock': '' },
      error: {
        code: 'ObjectLockConfigurationNotFoundError',
        message: 'Object Lock configuration does not exist for this bucket',
      },
    });
    const fast = actor.atPace(0);
    const gone = random.int(60, 220);
    for (const key of composeKeys(bucket, gone, random))
      fast.pause(random.int(0, 2)).call('s3:DeleteObject', {
        region,
        request: { ...place, key },
        resources: [
          { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket.name}/${key}` },
          { accountId: account.id, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket.name}` },
        ],
      });
    incident.addTechniques('T1485', 'T1490');
    if (random.chance(0.5)) {
      actor.call('s3:DeleteBucket', { region, request: place });
      const name = random.pick([
        'contact-us-for-your-data',
        'your-data-is-safe-with-us',
        'recover-your-files',
      ]);
      const bucketName = `${name}-${random.digits(4)}`;
      actor.call('s3:CreateBucket', {
        region,
        request: { bucketName, Host: `${bucketName}.s3.amazonaws.com` },
      });
    } else {
      actor.call('s3:PutObject', { region, request: { ...place, key: 'WARNING.txt' } });
    }
    incident.addTechniques('T1486', 'T1657');
  },
});
