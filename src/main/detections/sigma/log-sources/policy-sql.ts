/**
 * SQL texts, 'true' or 'false', on the documents of a CloudTrail request. A policy is text inside the request (IAM, ECR,
 * KMS, SQS) or an object (S3); AWS writes principals as "*", as {"AWS": "*"}, as an ARN or as a bare account id.
 */
const DOCUMENT = `TRY_CAST(coalesce(${[
  'assumeRolePolicyDocument',
  'policyDocument',
  'bucketPolicy',
  'policyText',
  'policy',
  'resourcePolicy',
  'attributes.Policy',
  'attributes.policy',
  'attributeValue',
  'Policy',
]
  .map((path) => `e.request_parameters ->> '$.${path}'`)
  .join(', ')}) AS JSON)`;

/** Elastic Load Balancing writes its logs from these accounts of AWS, one a Region, in bucket policies (its documentation). */
const LOG_DELIVERY =
  '127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378 383597477331 600734575887 114774131450 783225319266 582318560864 985666609251 054676820928 156460612806 652711504416 635631232127 009996457667 897822967062 076674570225 507241528517 048591011584 190560391635 638102146993 037604701340'
    .split(' ')
    .map((id) => `'${id}'`)
    .join(', ');

/** The accounts whose trail is in the case. */
const OWN = '(SELECT list(DISTINCT recipient_account_id) FROM events)';
const KNOWN = `list_concat(${OWN}, [${LOG_DELIVERY}])`;

const ALLOWED = `list_filter(CASE json_type(${DOCUMENT}, '$.Statement')
    WHEN 'ARRAY' THEN CAST(${DOCUMENT} -> '$.Statement' AS JSON[])
    WHEN 'OBJECT' THEN [${DOCUMENT} -> '$.Statement'] ELSE [] END, lambda s: (s ->> '$.Effect') = 'Allow')`;

const principals = (s: string) =>
  `CASE json_type(${s}, '$.Principal') WHEN 'VARCHAR' THEN ${s} ->> '$.Principal' ELSE CAST(${s} -> '$.Principal.AWS' AS VARCHAR) END`;

/** What narrows "everybody" to an organization, an account or a caller; a negated or optional test narrows nothing. */
const narrowed = (s: string) =>
  `coalesce(regexp_matches(CAST(${s} -> '$.Condition' AS VARCHAR), '(?i)"(aws:Principal(OrgID|OrgPaths|Account|Arn)|aws:Source(Account|Arn|Owner|OrgID|OrgPaths)|kms:CallerAccount)"')
    AND NOT regexp_matches(CAST(${s} -> '$.Condition' AS VARCHAR), '(?i)"[a-z:]*(not|ifexists)[a-z:]*":'), false)`;

const EVERYBODY = `len(list_filter(${ALLOWED}, lambda s: NOT ${narrowed('s')}
    AND (json_type(s, '$.NotPrincipal') IS NOT NULL OR coalesce(regexp_matches(${principals('s')}, '(^|")\\*($|")'), false)))) > 0`;

const ACCOUNTS = `list_concat(
    flatten(list_transform(${ALLOWED}, lambda s: regexp_extract_all(coalesce(${principals('s')}, '') || CASE WHEN ${narrowed('s')} THEN CAST(s -> '$.Condition' AS VARCHAR) ELSE '' END, '\\b\\d{12}\\b'))),
    regexp_extract_all(coalesce(e.request_parameters ->> '$.granteePrincipal', ''), '\\b\\d{12}\\b'))`;

/**
 * Whether a policy or grant in the request allows everybody, or an account whose trail is not in the case. Each statement
 * counts by itself: the usual denial of plain HTTP to "*" opens nothing.
 */
export const policyOutside = `CASE WHEN ${EVERYBODY} OR NOT list_has_all(${KNOWN}, ${ACCOUNTS}) THEN 'true' ELSE 'false' END`;

const ADDED = `concat_ws(' ', ${['createVolumePermission.add', 'launchPermission.add', 'valuesToAdd']
  .map((path) => `CAST(e.request_parameters -> '$.${path}' AS VARCHAR)`)
  .join(', ')})`;

/** Whether a snapshot or image is shared with everybody, an organization, or an account whose trail is not in the case. */
export const sharedOutside = `CASE WHEN regexp_matches(${ADDED}, '"all"|"organization') OR NOT list_has_all(${OWN}, regexp_extract_all(${ADDED}, '\\b\\d{12}\\b')) THEN 'true' ELSE 'false' END`;

const KEY_ACCOUNTS = `regexp_extract_all(CAST(e.request_parameters AS VARCHAR), 'arn:aws[a-z-]*:kms:[a-z0-9-]*:(\\d{12}):', 1)`;

/** Whether the request names a KMS key of an account whose trail is not in the case. */
export const keyOutside = `CASE WHEN NOT list_has_all(${OWN}, ${KEY_ACCOUNTS}) THEN 'true' ELSE 'false' END`;
