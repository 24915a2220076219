/** Which calls fill the commands of an action, and from where in them. */
export interface CallRule {
  /** APIs, or `verb resource` of Kubernetes; a name that ends in `*` stands for all that begin so. */
  readonly calls: readonly string[];
  /** Placeholder -> `request.` or `response.` and keys, `region` or `account`; `/` at the end takes the last part of an ARN, `|` stands between places to try. */
  readonly values: Readonly<Record<string, string>>;
  /** Only commands that hold this text; without it every command of the action. */
  readonly only?: string;
  /** What the other rules of the action find counts only where it agrees with what this one found. */
  readonly anchor?: true;
}

const USER = { USER: 'request.userName' };
const MADE_KEY = { USER: 'response.accessKey.userName', AKIA: 'response.accessKey.accessKeyId' };
const ATTACHED = { ...USER, ARN: 'request.policyArn' };
const INLINE = { ...USER, NAME: 'request.policyName' };
const GROUPED = { ...USER, GROUP: 'request.groupName' };
const FUNCTION = { F: 'request.functionName' };
const DATABASE = { DB: 'request.dBInstanceIdentifier' };
const DATABASE_CALLS = ['ModifyDBInstance', 'DeleteDBInstance', 'CreateDBInstance', 'StopDBInstance'];
const WRITES = ['create', 'update', 'patch'];
const written = (resource: string) => WRITES.map((verb) => `${verb} ${resource}`);
const CREDENTIALS_OF = ['CreateAccessKey', 'CreateLoginProfile', 'UpdateLoginProfile', 'UpdateAccessKey'];

/** Action -> rules. Only calls that succeeded fill a command; a command whose rules find nothing keeps its placeholders. */
export const FROM_CALLS: Readonly<Record<string, readonly CallRule[]>> = {
  'R-KEY-DEL': [{ calls: ['CreateAccessKey'], values: MADE_KEY }],
  'R-USER-DENY': [{ calls: CREDENTIALS_OF, values: USER }],
  'R-USER-SESS': [{ calls: CREDENTIALS_OF, values: USER }],
  'R-USER-CONSOLE': [{ calls: ['CreateLoginProfile', 'UpdateLoginProfile'], values: USER }],
  'R-USER-MFA': [
    {
      calls: ['EnableMFADevice', 'DeactivateMFADevice', 'ResyncMFADevice'],
      values: { ...USER, MFA_ARN: 'request.serialNumber' },
    },
  ],
  'R-USER-DEL': [
    { calls: ['CreateUser'], values: USER, anchor: true },
    { calls: ['CreateAccessKey'], values: MADE_KEY, only: 'delete-access-key' },
    { calls: ['AttachUserPolicy'], values: ATTACHED, only: 'detach-user-policy' },
    { calls: ['PutUserPolicy'], values: INLINE, only: 'delete-user-policy' },
    { calls: ['AddUserToGroup'], values: GROUPED, only: 'remove-user-from-group' },
  ],
  'R-ROLE-REVOKE': [{ calls: ['AssumeRole*'], values: { ROLE: 'request.roleArn/' } }],
  'R-ROLE-TRUST': [
    { calls: ['UpdateAssumeRolePolicy'], values: { ROLE: 'request.roleName' } },
    { calls: ['AssumeRole'], values: { ROLE: 'request.roleArn/' } },
  ],
  'R-ROLE-DEL': [{ calls: ['CreateRole'], values: { ROLE: 'request.roleName' } }],
  'R-POLICY-DETACH': [
    { calls: ['AttachUserPolicy'], values: ATTACHED, only: 'detach-user-policy' },
    {
      calls: ['AttachRolePolicy'],
      values: { ROLE: 'request.roleName', ARN: 'request.policyArn' },
      only: 'detach-role-policy',
    },
    { calls: ['PutUserPolicy'], values: INLINE, only: 'delete-user-policy' },
    {
      calls: ['CreatePolicyVersion', 'SetDefaultPolicyVersion'],
      values: { ARN: 'request.policyArn' },
      only: 'set-default-policy-version',
    },
    { calls: ['AddUserToGroup'], values: GROUPED, only: 'remove-user-from-group' },
  ],
  'R-FED': [
    { calls: ['CreateSAMLProvider'], values: { ARN: 'response.sAMLProviderArn' }, only: 'delete-saml' },
    { calls: ['UpdateSAMLProvider'], values: { ARN: 'request.sAMLProviderArn' }, only: 'update-saml' },
    {
      calls: ['CreateOpenIDConnectProvider'],
      values: { ARN: 'response.openIDConnectProviderArn' },
      only: 'delete-open-id',
    },
  ],
  'R-RA': [
    {
      calls: ['CreateTrustAnchor'],
      values: { ID: 'response.trustAnchor.trustAnchorId' },
      only: 'trust-anchor',
    },
    { calls: ['CreateProfile'], values: { ID: 'response.profile.profileId' }, only: 'disable-profile' },
  ],
  'R-REGION': [{ calls: ['EnableRegion'], values: { REGION: 'request.RegionName' } }],
  'R-EC2-STOP': [{ calls: ['RunInstances'], values: { I: 'response.instancesSet.instanceId' } }],
  'R-SG-REVOKE': [
    {
      calls: ['AuthorizeSecurityGroupIngress'],
      values: { SG: 'request.groupId', P: 'request.ipPermissions.fromPort|request.fromPort' },
      only: 'security-group',
    },
    {
      calls: ['CreateNetworkAclEntry', 'ReplaceNetworkAclEntry'],
      values: { ACL: 'request.networkAclId', N: 'request.ruleNumber' },
      only: 'network-acl',
    },
  ],
  'R-AMI-UNSHARE': [
    {
      calls: ['ModifyImageAttribute'],
      values: { AMI: 'request.imageId', ACCOUNT: 'request.launchPermission.add.userId' },
    },
  ],
  'R-SNAP-UNSHARE': [
    {
      calls: ['ModifySnapshotAttribute'],
      values: { SNAP: 'request.snapshotId', ACCOUNT: 'request.createVolumePermission.add.userId' },
    },
  ],
  'R-KEYPAIR': [{ calls: ['CreateKeyPair', 'ImportKeyPair'], values: { NAME: 'request.keyName' } }],
  'R-SSM': [
    { calls: ['StartSession'], values: { SESSION: 'response.sessionId' }, only: 'terminate-session' },
    { calls: ['SendCommand'], values: { CMD: 'response.command.commandId' }, only: 'cancel-command' },
  ],
  'R-SERIAL': [{ calls: ['EnableSerialConsoleAccess'], values: { REGION: 'region' } }],
  'R-CT-START': [
    { calls: ['StopLogging'], values: { TRAIL: 'request.name' }, only: 'start-logging' },
    { calls: ['DeleteTrail'], values: { TRAIL: 'request.name' }, only: 'create-trail' },
  ],
  'R-CT-SEL': [
    { calls: ['PutEventSelectors'], values: { TRAIL: 'request.trailName' }, only: 'put-event-selectors' },
    { calls: ['UpdateTrail'], values: { TRAIL: 'request.name' }, only: 'update-trail' },
  ],
  'R-GD': [
    { calls: ['DeleteDetector'], values: { ID: 'request.detectorId' }, only: 'create-detector' },
    { calls: ['UpdateDetector'], values: { ID: 'request.detectorId' }, only: 'update-detector' },
    {
      calls: ['CreateIPSet', 'UpdateIPSet', 'CreateThreatIntelSet'],
      values: { ID: 'request.detectorId' },
      only: 'list-ip-sets',
    },
    { calls: ['CreateFilter', 'UpdateFilter'], values: { ID: 'request.detectorId' }, only: 'list-filters' },
  ],
  'R-WAF': [{ calls: ['DisassociateWebACL'], values: { ARN: 'request.resourceArn' } }],
  'R-KMS': [
    { calls: ['ScheduleKeyDeletion'], values: { K: 'request.keyId' }, only: 'cancel-key-deletion' },
    { calls: ['DisableKey'], values: { K: 'request.keyId' }, only: 'enable-key' },
    { calls: ['PutKeyPolicy'], values: { K: 'request.keyId' }, only: 'put-key-policy' },
    {
      calls: ['CreateGrant'],
      values: { K: 'request.keyId', G: 'response.grantId' },
      only: '-grant',
    },
  ],
  'R-SECRET-ROT': [
    {
      calls: ['GetSecretValue', 'BatchGetSecretValue'],
      values: { ARN: 'request.secretId' },
      only: 'secretsmanager',
    },
    { calls: ['GetParameter'], values: { NAME: 'request.name' }, only: 'ssm' },
    { calls: ['GetParameters'], values: { NAME: 'request.names' }, only: 'ssm' },
  ],
  'R-RDS-UNSHARE': [
    {
      calls: ['ModifyDBSnapshotAttribute', 'ModifyDBClusterSnapshotAttribute'],
      values: { S: 'request.dBSnapshotIdentifier', ACCOUNT: 'request.valuesToAdd' },
    },
  ],
  'R-RDS-PRIV': [{ calls: DATABASE_CALLS, values: DATABASE }],
  'R-RDS-PWD': [{ calls: DATABASE_CALLS, values: DATABASE }],
  'R-RDS-PROT': [{ calls: DATABASE_CALLS, values: DATABASE }],
  'R-BACKUP': [
    {
      calls: ['DeleteBackupVault', 'DeleteBackupVaultLockConfiguration', 'DeleteRecoveryPoint'],
      values: { V: 'request.backupVaultName' },
      only: 'backup-vault',
    },
    { calls: ['DeleteSnapshot'], values: { S: 'request.snapshotId' }, only: 'restore-snapshot' },
    { calls: ['DeregisterImage'], values: { AMI: 'request.imageId' }, only: 'restore-image' },
  ],
  'R-S3-VERS': [{ calls: ['DeleteObject'], values: { B: 'request.bucketName', K: 'request.key' } }],
  'R-LAM-STOP': [{ calls: ['CreateFunction*', 'UpdateFunction*', 'Invoke*'], values: FUNCTION }],
  'R-LAM-CODE': [{ calls: ['UpdateFunction*'], values: FUNCTION }],
  'R-LAM-PERM': [
    { calls: ['AddPermission*'], values: { ...FUNCTION, SID: 'request.statementId' } },
    { calls: ['CreateFunctionUrlConfig*'], values: FUNCTION, only: 'url-config' },
  ],
  'R-SES': [
    { calls: ['CreateEmailIdentity'], values: { ID: 'request.emailIdentity' } },
    { calls: ['VerifyEmailIdentity'], values: { ID: 'request.emailAddress' } },
  ],
  'R-R53': [
    { calls: ['DisableDomainTransferLock', 'TransferDomain*'], values: { D: 'request.domainName' } },
    { calls: ['ChangeResourceRecordSets'], values: { Z: 'request.hostedZoneId' } },
  ],
  'R-EKS-ENTRY': [
    { calls: ['CreateAccessEntry'], values: { C: 'request.name', ARN: 'request.principalArn' } },
  ],
  'R-EKS-EP': [{ calls: ['UpdateClusterConfig'], values: { C: 'request.name' } }],
  'R-EKS-LOG': [{ calls: ['UpdateClusterConfig'], values: { C: 'request.name' } }],
  'R-EKS-POD': [
    {
      calls: [...written('pods'), 'get pods'],
      values: { NS: 'request.namespace', POD: 'request.name' },
    },
  ],
  'R-EKS-RB': [
    {
      calls: written('clusterrolebindings'),
      values: { NAME: 'request.name' },
      only: 'clusterrolebinding ',
    },
    { calls: written('clusterroles'), values: { NAME: 'request.name' }, only: 'clusterrole ' },
    {
      calls: written('mutatingwebhookconfigurations'),
      values: { NAME: 'request.name' },
      only: 'webhookconfiguration',
    },
  ],
  'R-EKS-TOKEN': [
    {
      calls: ['create serviceaccounts'],
      values: { NS: 'request.namespace', SA: 'request.name' },
      only: 'serviceaccount',
    },
  ],
};
