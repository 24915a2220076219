import { call, fires, linked, quiet, range, through, type Call } from './case';

/** Machines, data, logs and what watches over them. */
export const workloads: readonly Call[] = [
  quiet(
    'ct-im-009',
    'backups that have aged',
    call(
      'rds',
      'DeleteDBSnapshot',
      { dBSnapshotIdentifier: 's' },
      through('backup', 'AWSBackupDefaultServiceRole'),
    ),
  ),
  fires(
    'ct-im-009',
    'a backup deleted by hand',
    call('rds', 'DeleteDBSnapshot', { dBSnapshotIdentifier: 's' }),
  ),
  quiet(
    'ct-im-009-disks',
    'snapshots that have aged',
    range(8).map((i) =>
      call(
        'ec2',
        'DeleteSnapshot',
        { snapshotId: `snap-${String(i)}` },
        through('dlm', 'AWSDataLifecycleManagerDefaultRole'),
      ),
    ),
  ),
  quiet(
    'ct-im-011',
    'a table of the data catalogue',
    call('glue', 'DeleteTable', { databaseName: 'd', name: 't' }),
  ),
  quiet(
    'ct-im-011',
    'a replica that is no longer needed',
    call(
      'rds',
      'DeleteDBInstance',
      { dBInstanceIdentifier: 'application-autoscaling-1' },
      linked('rds.application-autoscaling', 'ApplicationAutoScaling_RDSCluster'),
    ),
  ),
  fires('ct-im-011', 'a table of the database', call('dynamodb', 'DeleteTable', { tableName: 't' })),
  quiet(
    'ct-im-019',
    'a rule of a load balancer',
    call('elasticloadbalancing', 'DeleteRule', { ruleArn: 'r' }),
  ),
  quiet(
    'ct-im-019',
    'a deployment',
    call(
      'autoscaling',
      'SuspendProcesses',
      { autoScalingGroupName: 'g' },
      through('codedeploy', 'CodeDeployRole'),
    ),
  ),
  fires(
    'ct-im-012-call',
    'five machines in one call',
    call('ec2', 'TerminateInstances', {
      instancesSet: { items: range(6).map((i) => ({ instanceId: `i-${String(i)}` })) },
    }),
  ),
  quiet('ct-ex-001', 'patches', call('ssm', 'SendCommand', { documentName: 'AWS-RunPatchBaseline' })),
  fires(
    'ct-ex-001',
    'patches with hooks of anybody',
    call('ssm', 'SendCommand', { documentName: 'AWS-RunPatchBaselineWithHooks' }),
  ),
  fires('ct-ex-001', 'a script', call('ssm', 'SendCommand', { documentName: 'AWS-RunShellScript' })),
  ...['UpdateFunctionCode20150331v2', 'UpdateFunctionCode'].map((name) =>
    fires('ct-ex-005', name, call('lambda', name, { functionName: 'f' })),
  ),
  quiet(
    'ct-de-003',
    'all management events by advanced selectors',
    call('cloudtrail', 'PutEventSelectors', {
      trailName: 't',
      advancedEventSelectors: [
        { name: 'all', fieldSelectors: [{ field: 'eventCategory', equals: ['Management'] }] },
        { fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] },
      ],
    }),
  ),
  fires(
    'ct-de-003',
    'advanced selectors without management events',
    call('cloudtrail', 'PutEventSelectors', {
      trailName: 't',
      advancedEventSelectors: [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] }],
    }),
  ),
  fires(
    'ct-de-003',
    'advanced selectors that leave a service out',
    call('cloudtrail', 'PutEventSelectors', {
      trailName: 't',
      advancedEventSelectors: [
        {
          fieldSelectors: [
            { field: 'eventCategory', equals: ['Management'] },
            { field: 'eventSource', notEquals: ['iam.amazonaws.com'] },
          ],
        },
      ],
    }),
  ),
  quiet(
    'ct-de-011',
    'a ticket opened',
    call('securityhub', 'BatchUpdateFindings', { Workflow: { Status: 'NOTIFIED' } }),
  ),
  fires(
    'ct-de-011',
    'findings suppressed',
    call('securityhub', 'BatchUpdateFindings', { Workflow: { Status: 'SUPPRESSED' } }),
  ),
  quiet(
    'ct-de-025',
    'logs switched on',
    call('eks', 'UpdateClusterConfig', {
      name: 'c',
      logging: {
        clusterLogging: [
          { types: ['api', 'audit'], enabled: true },
          { types: ['scheduler'], enabled: false },
        ],
      },
    }),
  ),
  fires(
    'ct-de-025',
    'the audit log switched off',
    call('eks', 'UpdateClusterConfig', {
      name: 'c',
      logging: {
        clusterLogging: [
          { types: ['scheduler'], enabled: true },
          { types: ['authenticator', 'audit'], enabled: false },
        ],
      },
    }),
  ),
  fires('ct-de-001', 'logging stopped, with a request that is a text', {
    ...call('cloudtrail', 'StopLogging'),
    requestParameters: '{"name":"t"}',
  }),
  fires(
    'ct-ex-003',
    'a hundred machines at most',
    call('ec2', 'RunInstances', {
      instanceType: 't3.large',
      instancesSet: { items: [{ imageId: 'ami-1', minCount: 1, maxCount: 100 }] },
    }),
  ),
  fires(
    'ct-ex-003',
    'graphics processors by a launch template',
    call(
      'ec2',
      'RunInstances',
      {
        launchTemplate: { launchTemplateId: 'lt-1' },
        instancesSet: { items: [{ minCount: 1, maxCount: 1 }] },
      },
      { responseElements: { instancesSet: { items: [{ instanceId: 'i-1', instanceType: 'g5.12xlarge' }] } } },
    ),
  ),
  fires(
    'ct-ex-003',
    'graphics processors on the spot market',
    call('ec2', 'RequestSpotInstances', { launchSpecification: { instanceType: 'p3.16xlarge' } }),
  ),
  quiet(
    'ct-ex-003',
    'a web server',
    call('ec2', 'RunInstances', {
      instanceType: 't3.large',
      instancesSet: { items: [{ imageId: 'ami-1', minCount: 1, maxCount: 2 }] },
    }),
  ),
  quiet(
    'ct-ex-003',
    'a group that grows',
    call('ec2', 'RunInstances', { instanceType: 'p3.2xlarge' }, linked('autoscaling', 'AutoScaling')),
  ),
  fires(
    'ct-de-013',
    'logs kept for a day',
    call('logs', 'PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 1 }),
  ),
  quiet(
    'ct-de-013',
    'logs kept for a month',
    call('logs', 'PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 30 }),
  ),
  fires(
    'ct-ef-013',
    'a database that becomes public by its group',
    call(
      'rds',
      'RestoreDBInstanceFromDBSnapshot',
      { dBInstanceIdentifier: 'd' },
      { responseElements: { publiclyAccessible: true } },
    ),
  ),
  quiet(
    'ct-ef-013',
    'a database restored inside',
    call(
      'rds',
      'RestoreDBInstanceFromDBSnapshot',
      { dBInstanceIdentifier: 'd' },
      { responseElements: { publiclyAccessible: false } },
    ),
  ),
  fires(
    'ct-ef-014',
    'a database opened by a classic group',
    call('rds', 'AuthorizeDBSecurityGroupIngress', { dBSecurityGroupName: 'g', cIDRIP: '0.0.0.0/0' }),
  ),
  quiet(
    'ct-ef-014',
    'a database opened to an office',
    call('rds', 'AuthorizeDBSecurityGroupIngress', { dBSecurityGroupName: 'g', cIDRIP: '203.0.113.0/24' }),
  ),
  quiet(
    'ct-ia-007',
    'a new root password that was not taken',
    call('signin', 'PasswordUpdated', undefined, {
      responseElements: { PasswordUpdated: 'Failure' },
      userIdentity: { type: 'Root', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' },
    }),
  ),
];
