import { keyOutside, policyOutside, sharedOutside } from './policy-sql';
import { addressFields } from './address-fields';
import type { LogSource, Place } from './log-source';

const PROFILE: Readonly<Record<string, string>> = {
  eventSource: 'event_source',
  eventName: 'event_name',
  eventType: 'event_type',
  errorCode: 'error_code',
  'userIdentity.type': 'user_identity_type',
};

const COLUMNS: Readonly<Record<string, string>> = {
  eventTime: "strftime(e.event_time, '%Y-%m-%dT%H:%M:%SZ')",
  eventID: 'e.event_id',
  eventVersion: 'e.event_version',
  eventCategory: 'e.event_category',
  awsRegion: 'e.aws_region',
  sourceIPAddress: 'e.source_ip_address',
  userAgent: 'e.user_agent',
  errorMessage: 'e.error_message',
  requestID: 'e.request_id',
  recipientAccountId: 'e.recipient_account_id',
  sharedEventID: 'e.shared_event_id',
  readOnly: 'CAST(e.read_only AS VARCHAR)',
  managementEvent: 'CAST(e.management_event AS VARCHAR)',
  vpcEndpointId: 'e.vpc_endpoint_id',
  'userIdentity.principalId': 'e.user_identity_principal_id',
  'userIdentity.arn': 'e.user_identity_arn',
  'userIdentity.accountId': 'e.user_identity_account_id',
  'userIdentity.accessKeyId': 'e.user_identity_access_key_id',
  'userIdentity.userName': 'e.user_identity_user_name',
  'userIdentity.invokedBy': 'e.user_identity_invoked_by',
  'userIdentity.sessionContext.sessionIssuer.arn': 'e.session_issuer_arn',
  'userIdentity.sessionContext.sessionIssuer.type': 'e.session_issuer_type',
  'userIdentity.sessionContext.ec2RoleDelivery': 'e.session_ec2_role_delivery',
  'coldtrail.policyOutside': policyOutside,
  'coldtrail.keyOutside': keyOutside,
  'coldtrail.sharedOutside': sharedOutside,
};

/** Fields of the resolved call: what the records alone do not say in one place. */
const ENTITY: Readonly<Record<string, string>> = {
  'coldtrail.principal': 'c.principal',
  'coldtrail.principalType': 'c.principal_type',
  'coldtrail.session': 'c.session_key',
  'coldtrail.sourceNetwork': 'c.source_net',
  'coldtrail.ipClass': 'c.ip_class',
  'coldtrail.userAgentFamily': 'c.ua_family',
  'coldtrail.byService': 'CAST(c.is_service AS VARCHAR)',
  'coldtrail.instance': 'c.instance_id',
  ...addressFields('c.source_ip'),
  'coldtrail.targetRoleAccount': "nullif(regexp_extract(c.target_role, '^arn:[^:]+:iam::(\\d{12}):', 1), '')",
};

/** Fields that the resolved call repeats as they are. */
const REPEATED: Readonly<Record<string, string>> = {
  eventSource: 'c.event_source',
  eventName: 'c.event_name',
  awsRegion: 'c.aws_region',
  userAgent: 'c.user_agent',
  'userIdentity.type': 'c.identity_type',
  'userIdentity.arn': 'c.actor_arn',
  'userIdentity.accountId': 'c.actor_account_id',
};

const DOCUMENTS: Readonly<Record<string, string>> = {
  userIdentity: 'user_identity',
  requestParameters: 'request_parameters',
  responseElements: 'response_elements',
  additionalEventData: 'additional_event_data',
  resources: 'resources',
};

const column = (sql: string, profile: boolean, entity: boolean, inCall?: string): Place => ({
  kind: 'column',
  sql,
  profile,
  entity,
  inCall,
});

/** AWS CloudTrail: fields by their own names as logged, any path, and `coldtrail.*` for what is resolved from them. */
export const cloudtrail: LogSource = {
  id: 'cloudtrail',
  table: 'events',
  timeColumn: 'event_time',
  idColumn: 'event_id',
  profileColumns: Object.values(PROFILE),
  textColumns: [
    ...[
      'event_source',
      'event_name',
      'event_id',
      'aws_region',
      'source_ip_address',
      'user_agent',
      'error_code',
      'error_message',
    ],
    ...[
      'user_identity',
      'request_parameters',
      'response_elements',
      'additional_event_data',
      'resources',
      'extra',
    ],
  ],
  hasCalls: true,
  subject: null,
  names: ['aws/cloudtrail', 'aws/'],
  fields: { ...PROFILE, ...COLUMNS, ...ENTITY, ...DOCUMENTS },
  placeOf(field) {
    const profile = PROFILE[field];
    if (profile !== undefined) return column(`e.${profile}`, true, false, REPEATED[field]);
    const plain = COLUMNS[field];
    if (plain !== undefined) return column(plain, false, false, REPEATED[field]);
    const entity = ENTITY[field];
    if (entity !== undefined) return column(entity, false, true, entity);
    const [root = '', ...path] = field.split('.');
    const document = DOCUMENTS[root];
    if (document === undefined) return { kind: 'json', column: 'e.extra', path: [root, ...path] };
    return { kind: 'json', column: `e.${document}`, path };
  },
};
