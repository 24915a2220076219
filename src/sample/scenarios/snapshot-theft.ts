import { askWhoAmI } from '../attack/reconnaissance';
import { shareSnapshots } from '../attack/secrets';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'snapshot-theft',
  title: 'Disks and databases leave by their snapshots',
  description:
    'A stolen key makes snapshots of disks and a database and shares them with an account outside, no bucket touched.',
  play(stage) {
    const incident = stage.incident('snapshot-theft');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const region = account.home;
    const { actor } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    actor.call('rds:DescribeDBInstances', { region, request: { maxRecords: 100 } });
    actor.call('rds:DescribeDBSnapshots', {
      region,
      request: { maxRecords: 100, includeShared: false, includePublic: false },
    });
    actor.call('ec2:DescribeInstances', { region, request: { instancesSet: {}, filterSet: {} } });
    actor.call('ec2:DescribeImages', { region, request: { ownersSet: { items: [{ owner: 'self' }] } } });
    incident.addTechniques('T1580');
    actor.pause(random.int(5, 200) * MINUTE);
    if (random.chance(0.7)) shareSnapshots(actor, account, incident);
    const outside = `${random.int(1, 9)}${random.digits(11)}`;
    const dBSnapshotIdentifier = random.pick(['tmp', 'migration', 'export', 'test-restore']);
    actor.call('rds:CreateDBSnapshot', {
      region,
      request: { dBSnapshotIdentifier, dBInstanceIdentifier: random.pick(account.tables) },
    });
    actor.pause(random.int(4, 25) * MINUTE).call('rds:ModifyDBSnapshotAttribute', {
      region,
      request: {
        dBSnapshotIdentifier,
        attributeName: 'restore',
        valuesToAdd: [random.chance(0.25) ? 'all' : outside],
      },
    });
    if (random.chance(0.5)) {
      const imageId = `ami-0${random.hex(16)}`;
      actor.call('ec2:CreateImage', {
        region,
        request: {
          instanceId: `i-0${random.hex(16)}`,
          name: random.pick(['backup', 'img', 'clone']),
          noReboot: true,
        },
        response: { requestId: random.uuid(), imageId },
      });
      actor.pause(random.int(4, 25) * MINUTE).call('ec2:ModifyImageAttribute', {
        region,
        request: {
          imageId,
          launchPermission: { add: { items: [{ userId: outside }] } },
          attributeType: 'launchPermission',
        },
        response: { requestId: random.uuid(), _return: true },
      });
    }
    incident.addTechniques('T1537', 'T1578.001');
  },
});
