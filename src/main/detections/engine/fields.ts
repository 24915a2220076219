import { quotedString } from '../../db/sql';

/** Field of a rule -> column of the event row; the field map of docs/rules.md. */
const COLUMNS: Readonly<Record<string, string>> = {
  eventtime: 'CAST(event_time AS VARCHAR)',
  eventid: 'event_id',
  eventversion: 'event_version',
  eventtype: 'event_type',
  eventcategory: 'event_category',
  eventsource: 'event_source',
  eventname: 'event_name',
  awsregion: 'aws_region',
  sourceipaddress: 'source_ip_address',
  useragent: 'user_agent',
  errorcode: 'error_code',
  errormessage: 'error_message',
  requestid: 'request_id',
  recipientaccountid: 'recipient_account_id',
  sharedeventid: 'shared_event_id',
  readonly: 'CAST(read_only AS VARCHAR)',
  managementevent: 'CAST(management_event AS VARCHAR)',
  vpcendpointid: 'vpc_endpoint_id',
  'useridentity.type': 'user_identity_type',
  'useridentity.principalid': 'user_identity_principal_id',
  'useridentity.arn': 'user_identity_arn',
  'useridentity.accountid': 'user_identity_account_id',
  'useridentity.accesskeyid': 'user_identity_access_key_id',
  'useridentity.username': 'user_identity_user_name',
  'useridentity.invokedby': 'user_identity_invoked_by',
  'useridentity.sessioncontext.sessionissuer.arn': 'session_issuer_arn',
  'useridentity.sessioncontext.sessionissuer.type': 'session_issuer_type',
  'coldtrail.session': 'session_key',
  'coldtrail.principal': 'principal',
  'coldtrail.ipclass': 'ip_class',
  'coldtrail.useragentfamily': 'ua_family',
};
const DOCUMENTS: Readonly<Record<string, string>> = {
  useridentity: 'user_identity',
  requestparameters: 'request_parameters',
  responseelements: 'response_elements',
  additionaleventdata: 'additional_event_data',
  resources: 'resources',
};

/** Where a field's values are: one text, or the list of texts that a JSON path gives (any element counts). */
export type Place = { readonly scalar: string } | { readonly list: string };

/** The place of a rule's field. Names compare without case; unknown roots are looked for in `extra`. */
export function placeOf(field: string): Place {
  const column = COLUMNS[field.toLowerCase()];
  if (column !== undefined) return { scalar: column };
  const segments = field.split('.').map((s) => s.replace(/\[\]$/, ''));
  const document = DOCUMENTS[segments[0]?.toLowerCase() ?? ''];
  const path = document === undefined ? segments : segments.slice(1);
  const source = document ?? 'extra';
  if (path.length === 0) return { scalar: `CAST(${source} AS VARCHAR)` };
  return { list: `json_extract_string(${source}, ${pathVariants(path)})` };
}

/** The path itself, and with a list at each level, so that lists and lists of maps match by any element. */
function pathVariants(path: readonly string[]): string {
  const quoted = path.map((segment) => (/^\w+$/.test(segment) ? segment : `"${segment.replaceAll('"', '')}"`));
  return quotedString(`$.${quoted.join('.')}`);
}

/** The same path with `[*]` after each level in turn; one list of texts per variant. */
export function listVariants(field: string): string[] {
  const segments = field.split('.').map((s) => s.replace(/\[\]$/, ''));
  const document = DOCUMENTS[segments[0]?.toLowerCase() ?? ''];
  const path = (document === undefined ? segments : segments.slice(1)).map((s) => (/^\w+$/.test(s) ? s : `"${s.replaceAll('"', '')}"`));
  const source = document ?? 'extra';
  const root = source === 'resources' ? '$[*].' : '$.';
  const variants = Array.from({ length: Math.min(path.length, 4) }, (_, i) => path.map((s, k) => (k === i ? `${s}[*]` : s)).join('.'));
  const all = source === 'resources' ? [path.join('.'), ...variants] : variants;
  return all.map((v) => `json_extract_string(${source}, ${quotedString(root + v)})`);
}
