import type { Actor } from '../stage/actor';
import type { IncidentTruth } from '../stage/truth';
import type { Account, Bucket } from '../world/account';
import { composeKeys } from './object-keys';

/** Rewrites every object with a key only the intruder has, or under a key of another account, and leaves a note. */
export function encryptBucket(
  actor: Actor,
  plan: { account: Account; bucket: Bucket; objects: number; incident: IncidentTruth },
): void {
  const { account, bucket, incident } = plan;
  const { random } = actor.scene;
  const fast = actor.atPace(0);
  const region = bucket.region;
  const place = { bucketName: bucket.name, Host: `${bucket.name}.s3.${region}.amazonaws.com` };
  const foreignKey = `arn:aws:kms:${region}:${random.int(1, 9)}${random.digits(11)}:key/${random.uuid()}`;
  const lock = random.chance(0.6)
    ? { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }
    : {
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': foreignKey,
      };
  for (const key of composeKeys(bucket, plan.objects, random)) {
    fast.pause(random.int(1, 3)).call('s3:CopyObject', {
      region,
      request: { ...place, key, 'x-amz-copy-source': `${bucket.name}/${key}`, ...lock },
      resources: [
        { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket.name}/${key}` },
        { accountId: account.id, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket.name}` },
      ],
    });
  }
  const rule = { ID: 'cleanup', Status: 'Enabled', Prefix: '', Expiration: { Days: random.int(1, 7) } };
  actor.call('s3:PutBucketLifecycle', {
    region,
    request: { ...place, lifecycle: '', LifecycleConfiguration: { Rule: rule } },
  });
  const note = random.pick(['README_TO_RESTORE.txt', 'HOW_TO_RECOVER.txt', 'ransom-note.txt', 'WARNING.txt']);
  actor.call('s3:PutObject', { region, request: { ...place, key: note } });
  incident.addTechniques('T1486', 'T1485.001');
  incident.addEntity('bucket', bucket.name);
}

/** Takes away what would help to recover: key, recovery points, versioning. */
export function hinderRecovery(
  actor: Actor,
  account: Account,
  bucket: Bucket,
  incident: IncidentTruth,
): void {
  const { random } = actor.scene;
  const region = account.home;
  const place = { bucketName: bucket.name, Host: `${bucket.name}.s3.${region}.amazonaws.com` };
  actor.call('s3:PutBucketVersioning', {
    region,
    request: { ...place, versioning: '', VersioningConfiguration: { Status: 'Suspended' } },
  });
  actor.call('backup:ListBackupVaults', { region });
  const backupVaultName = 'Default';
  for (let i = random.int(2, 6); i > 0; i -= 1) {
    const recoveryPointArn = `arn:aws:ec2:${region}::snapshot/snap-0${random.hex(16)}`;
    actor.call('backup:DeleteRecoveryPoint', { region, request: { backupVaultName, recoveryPointArn } });
  }
  const keyId = random.pick(account.keys);
  actor.call('kms:ScheduleKeyDeletion', { region, request: { keyId, pendingWindowInDays: 7 } });
  incident.addTechniques('T1490', 'T1485');
}
