import type { Actor } from '../stage/actor';
import type { IncidentTruth } from '../stage/truth';
import type { Account, Bucket } from '../world/account';
import { composeKeys } from './object-keys';

const TOOLS = ['rclone/v1.66.0', 's5cmd/v2.2.2', null, null];

function hostOf(bucket: Bucket): string {
  return `${bucket.name}.s3.${bucket.region}.amazonaws.com`;
}

/** Reads the names and the settings of all buckets and settles on the one worth taking. */
export function surveyBuckets(actor: Actor, account: Account, incident: IncidentTruth): Bucket {
  const { random } = actor.scene;
  actor.call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
  for (const bucket of account.buckets) {
    const request = { bucketName: bucket.name, Host: hostOf(bucket) };
    const options = { request, region: bucket.region };
    actor.call('s3:GetBucketLocation', options);
    if (random.chance(0.7)) actor.call('s3:GetBucketPolicy', options);
    if (random.chance(0.5)) actor.call('s3:GetBucketAcl', options);
    if (bucket.sensitive) actor.call('s3:ListObjects', options);
  }
  incident.addTechniques('T1619');
  const bucket = random.pick(account.buckets.filter((b) => b.sensitive));
  incident.addEntity('bucket', bucket.name);
  return bucket;
}

/** Downloads the bucket, object after object. Returns how many bytes left. */
export function downloadBucket(
  actor: Actor,
  account: Account,
  bucket: Bucket,
  plan: { objects: number; incident: IncidentTruth },
): number {
  const { random } = actor.scene;
  const fast = actor.atPace(0);
  const tool = random.pick(TOOLS);
  let taken = 0;
  for (const key of composeKeys(bucket, plan.objects, random)) {
    const bytesOut = Math.round(random.skewed(14_000_000, 0.9));
    taken += bytesOut;
    fast.pause(random.skewed(3, 0.6)).call('s3:GetObject', {
      request: { bucketName: bucket.name, Host: hostOf(bucket), key },
      region: bucket.region,
      bytesOut,
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket.name}/${key}` },
        { accountId: account.id, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket.name}` },
      ],
      ...(tool ? { agent: tool } : {}),
    });
  }
  plan.incident.addTechniques('T1530', 'T1567.002');
  plan.incident.addEntity('bucket', bucket.name);
  return taken;
}
