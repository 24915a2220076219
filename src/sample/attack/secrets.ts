import type { Actor } from '../stage/actor';
import type { IncidentTruth } from '../stage/truth';
import type { Account } from '../world/account';

/** Lists and reads secrets and encrypted parameters. */
export function readSecrets(actor: Actor, account: Account, incident: IncidentTruth): void {
  const region = account.home;
  actor.call('secretsmanager:ListSecrets', { region, request: { maxResults: 100 } });
  for (const secretId of account.secrets) {
    actor.call('secretsmanager:GetSecretValue', { region, request: { secretId } });
    incident.addEntity('secret', secretId);
  }
  actor.call('ssm:DescribeParameters', { region, request: { maxResults: 50 } });
  for (const name of account.parameters) {
    actor.call('ssm:GetParameter', { region, request: { name, withDecryption: true } });
  }
  incident.addTechniques('T1555.006', 'T1552.001');
}

/** Makes snapshots of disks and shares them with an account outside. */
export function shareSnapshots(actor: Actor, account: Account, incident: IncidentTruth): void {
  const { random } = actor.scene;
  const region = account.home;
  const outside = `${random.int(1, 9)}${random.digits(11)}`;
  actor.call('ec2:DescribeVolumes', { region, request: { volumeSet: {}, filterSet: {} } });
  const count = random.int(2, 5);
  for (let i = 0; i < count; i += 1) {
    const volumeId = `vol-0${random.hex(16)}`;
    const snapshotId = `snap-0${random.hex(16)}`;
    actor.call('ec2:CreateSnapshot', {
      region,
      request: { volumeId },
      response: { requestId: random.uuid(), snapshotId, volumeId, status: 'pending', encrypted: false },
    });
    actor.pause(random.int(60, 500)).call('ec2:ModifySnapshotAttribute', {
      region,
      request: {
        snapshotId,
        attributeType: 'CREATE_VOLUME_PERMISSION',
        createVolumePermission: { add: { items: [{ userId: outside }] } },
      },
      response: { requestId: random.uuid(), _return: true },
    });
  }
  incident.addTechniques('T1537', 'T1578.001');
}
