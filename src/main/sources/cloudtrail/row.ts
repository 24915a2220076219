import { rowText } from '../row-text';

/** Keys of a record as logged, by their letters alone. */
const KEYS: ReadonlyMap<string, string> = new Map(
  [
    'eventVersion',
    'userIdentity',
    'eventTime',
    'eventSource',
    'eventName',
    'awsRegion',
    'sourceIPAddress',
    'userAgent',
    'errorCode',
    'errorMessage',
    'requestParameters',
    'responseElements',
    'additionalEventData',
    'requestID',
    'eventID',
    'resources',
    'eventType',
    'apiVersion',
    'readOnly',
    'managementEvent',
    'recipientAccountId',
    'serviceEventDetails',
    'sharedEventID',
    'vpcEndpointId',
    'vpcEndpointAccountId',
    'eventCategory',
    'addendum',
    'sessionCredentialFromConsole',
    'edgeDeviceDetails',
    'insightDetails',
    'tlsDetails',
    'insightSource',
    'eventContext',
  ].map((key): [string, string] => [key.toLowerCase(), key]),
);
/** Headings of the event history and of tables made of it. */
const HEADINGS: ReadonlyMap<string, string> = new Map([
  ['eventdatetime', 'eventTime'],
  ['sourceip', 'sourceIPAddress'],
  ['region', 'awsRegion'],
  ['requestuseragent', 'userAgent'],
  ['readonlyevent', 'readOnly'],
]);
const OBJECTS: ReadonlySet<string> = new Set([
  'userIdentity',
  'requestParameters',
  'responseElements',
  'additionalEventData',
  'resources',
  'serviceEventDetails',
  'addendum',
  'edgeDeviceDetails',
  'insightDetails',
  'tlsDetails',
  'eventContext',
]);
/** Keys of `userIdentity`, whose case Athena loses. */
const IDENTITY: ReadonlyMap<string, string> = new Map(
  'principalId accountId accessKeyId userName invokedBy identityProvider credentialId onBehalfOf userId identityStoreArn sessionContext sessionIssuer webIdFederationData federatedProvider ec2RoleDelivery sourceIdentity creationDate mfaAuthenticated inScopeOf issuerType credentialsIssuedTo'
    .split(' ')
    .map((key): [string, string] => [key.toLowerCase(), key]),
);

/** Keys of `resources`. */
const RESOURCE: ReadonlyMap<string, string> = new Map([
  ['arn', 'ARN'],
  ['accountid', 'accountId'],
]);

/** Columns that queries select out of `userIdentity`, and headings of the event history, by their letters alone. */
const IDENTITY_COLUMNS: ReadonlyMap<string, string> = new Map([
  ['username', 'userName'],
  ['awsaccesskey', 'accessKeyId'],
  ['accesskeyid', 'accessKeyId'],
  ['arn', 'arn'],
  ['principalid', 'principalId'],
  ['accountid', 'accountId'],
  ['invokedby', 'invokedBy'],
  ['useridentitytype', 'type'],
  ['useridentityarn', 'arn'],
  ['useridentityaccountid', 'accountId'],
  ['useridentityprincipalid', 'principalId'],
  ['useridentityaccesskeyid', 'accessKeyId'],
  ['useridentityusername', 'userName'],
]);

/**
 * A row of Athena, of CloudTrail Lake or of the event history's CSV in the spelling of the S3 export. The event history
 * tells a user's name and key but not the identity: it is put together of these alone. Columns of other names are kept.
 */
export function fromRow(text: string): string {
  const out: Record<string, unknown> = {};
  const row = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const identity: Record<string, unknown> = {};
  const isWhole = Object.entries(row).some(
    ([column, value]) => lettersOf(column) === 'useridentity' && value,
  );
  for (const [column, value] of Object.entries(row)) {
    const bare = lettersOf(column);
    const key = KEYS.get(bare) ?? HEADINGS.get(bare);
    const ofIdentity = isWhole ? undefined : IDENTITY_COLUMNS.get(bare);
    if (value === null || value === '') continue;
    if (ofIdentity !== undefined && typeof value === 'string') identity[ofIdentity] ??= value;
    else if (bare === 'userid' && typeof value === 'string')
      Object.assign(identity, asObject(rowText(value)));
    else if (key === undefined) out[column] = value;
    else out[key] = OBJECTS.has(key) && typeof value === 'string' ? rowText(value) : value;
  }
  if (typeof out['eventTime'] === 'string') out['eventTime'] = consoleTime(out['eventTime']);
  out['resources'] &&= renamed(out['resources'], RESOURCE);
  ownResource(out);
  const own = renamed(out['userIdentity']);
  if (own !== undefined || Object.keys(identity).length > 0)
    out['userIdentity'] = isWhole ? own : typed({ ...identity, ...asObject(own) }, out);
  return JSON.stringify(out);
}

/** The event history names one resource in two columns; `-` is none. */
function ownResource(out: Record<string, unknown>): void {
  const { 'Resource type': type, 'Resource name': name } = out;
  if (out['resources'] !== undefined || type === undefined || name === undefined) return;
  delete out['Resource type'];
  delete out['Resource name'];
  if (name !== '-')
    out['resources'] = [
      { type, [typeof name === 'string' && name.startsWith('arn:') ? 'ARN' : 'resourceName']: name },
    ];
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The type of an identity that its key tells: only IAM users, and the root user, have keys that begin with AKIA. */
function typed(identity: Readonly<Record<string, unknown>>, row: Readonly<Record<string, unknown>>): object {
  const { userName, accessKeyId, type } = identity;
  const accountId = row['recipientAccountId'];
  if (type !== undefined || userName === undefined || accountId === undefined) return identity;
  if (userName === 'root') return { type: 'Root', accountId, ...identity };
  const isUser = typeof accessKeyId === 'string' && accessKeyId.startsWith('AKIA');
  return isUser ? { type: 'IAMUser', accountId, ...identity } : identity;
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

/** `May 3, 2024, 10:00:00 (UTC+02:00)` of the console as ISO text; any other text as it is. */
function consoleTime(text: string): string {
  const found =
    /^(\w{3,9} \d{1,2}, \d{4}),? (\d{1,2}:\d{2}:\d{2}(?: [AP]M)?) \(UTC([+-]\d{2}):?(\d{2})\)$/.exec(text);
  if (!found) return text;
  const millis = Date.parse(`${found[1] ?? ''} ${found[2] ?? ''} GMT${found[3] ?? ''}${found[4] ?? ''}`);
  return Number.isFinite(millis) ? new Date(millis).toISOString() : text;
}

function renamed(value: unknown, names: ReadonlyMap<string, string> = IDENTITY): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [names.get(key.toLowerCase()) ?? key, renamed(inner, names)]),
  );
}
