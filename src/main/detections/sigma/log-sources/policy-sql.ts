/**
 * SQL texts, 'true' or 'false', on the documents of a CloudTrail request. A policy is text inside the request (IAM, ECR,
 * KMS) or an object (S3); AWS writes principals as "*", as {"AWS": "*"}, as an ARN or as a bare account id.
 */
const DOCUMENT = `replace(coalesce(
  e.request_parameters ->> '$.assumeRolePolicyDocument', e.request_parameters ->> '$.policyDocument',
  e.request_parameters ->> '$.bucketPolicy', e.request_parameters ->> '$.policyText', e.request_parameters ->> '$.policy', ''), ' ', '')`;

const PRINCIPALS = `array_to_string(regexp_extract_all(${DOCUMENT}, '"(AWS|Principal)":("[^"]*"|\\[[^\\]]*\\])'), ' ')`;
const ACCOUNTS = `regexp_extract_all(${PRINCIPALS}, '\\b\\d{12}\\b')`;

/** Whether a policy in the request allows everybody, or an account whose trail is not in the case. */
export const policyOutside = `CASE
  WHEN contains(${DOCUMENT}, '"Effect":"Allow"') AND (contains(${PRINCIPALS}, '"*"')
    OR NOT list_has_all((SELECT list(DISTINCT recipient_account_id) FROM events), ${ACCOUNTS})) THEN 'true'
  ELSE 'false' END`;

const KEY_ACCOUNTS = `regexp_extract_all(CAST(e.request_parameters AS VARCHAR), 'arn:aws[a-z-]*:kms:[a-z0-9-]*:(\\d{12}):', 1)`;

/** Whether the request names a KMS key of an account other than the one that holds the record. */
export const keyOutside = `CASE
  WHEN len(list_filter(${KEY_ACCOUNTS}, lambda x: x <> e.recipient_account_id)) > 0 THEN 'true' ELSE 'false' END`;
