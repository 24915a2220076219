-- The evidence schema: what the parts under evidence/<source>/*.parquet hold. Field names are AWS's own in snake_case,
-- as Athena users know them. Every row names its original by (file_id, record_no); nothing of a record is dropped:
-- what has no column of its own stays in `extra` (JSON). Times are UTC with microseconds. The comment of a column is its
-- documentation; docs/schema.md and the completion of the SQL console are made from this file.

CREATE TABLE events ( -- one CloudTrail record (unique ones; events_all also holds the copies)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position of the record in its original
  content_hash UBIGINT, -- hash of the record's JSON; with event_id the key of de-duplication
  duplicate BOOLEAN, -- true when an earlier record has the same event_id and content
  event_time TIMESTAMP, -- eventTime
  event_id VARCHAR, -- eventID
  event_version VARCHAR, -- eventVersion
  event_type VARCHAR, -- eventType, e.g. AwsApiCall, AwsConsoleSignIn, AwsServiceEvent
  event_category VARCHAR, -- eventCategory: Management, Data, Insight, NetworkActivity
  event_source VARCHAR, -- eventSource, e.g. iam.amazonaws.com
  event_name VARCHAR, -- eventName, the API
  aws_region VARCHAR, -- awsRegion
  source_ip_address VARCHAR, -- sourceIPAddress: an address, or the name of an AWS service
  user_agent VARCHAR, -- userAgent
  error_code VARCHAR, -- errorCode; NULL means success
  error_message VARCHAR, -- errorMessage
  request_id VARCHAR, -- requestID
  recipient_account_id VARCHAR, -- recipientAccountId: the account whose trail holds the record
  shared_event_id VARCHAR, -- sharedEventID: joins the records of one call in two accounts
  read_only BOOLEAN, -- readOnly
  management_event BOOLEAN, -- managementEvent
  vpc_endpoint_id VARCHAR, -- vpcEndpointId
  user_identity_type VARCHAR, -- userIdentity.type
  user_identity_principal_id VARCHAR, -- userIdentity.principalId
  user_identity_arn VARCHAR, -- userIdentity.arn
  user_identity_account_id VARCHAR, -- userIdentity.accountId
  user_identity_access_key_id VARCHAR, -- userIdentity.accessKeyId
  user_identity_user_name VARCHAR, -- userIdentity.userName
  user_identity_invoked_by VARCHAR, -- userIdentity.invokedBy
  session_issuer_type VARCHAR, -- userIdentity.sessionContext.sessionIssuer.type
  session_issuer_arn VARCHAR, -- userIdentity.sessionContext.sessionIssuer.arn
  session_creation_date TIMESTAMP, -- userIdentity.sessionContext.attributes.creationDate
  session_mfa_authenticated BOOLEAN, -- userIdentity.sessionContext.attributes.mfaAuthenticated
  session_ec2_role_delivery VARCHAR, -- userIdentity.sessionContext.ec2RoleDelivery: 1.0 IMDSv1, 2.0 IMDSv2
  user_identity JSON, -- userIdentity as logged, whole
  request_parameters JSON, -- requestParameters
  response_elements JSON, -- responseElements
  additional_event_data JSON, -- additionalEventData
  resources JSON, -- resources
  extra JSON -- every other top-level key, as logged; NULL when there is none
);

CREATE TABLE flows ( -- one VPC flow log record with traffic (unique ones; flows_all also holds copies, NODATA and SKIPDATA)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based line among the records of the original (header not counted)
  content_hash UBIGINT, -- hash of the line
  duplicate BOOLEAN, -- true when the same line was imported before
  version INTEGER, -- version
  account_id VARCHAR, -- account-id
  interface_id VARCHAR, -- interface-id
  srcaddr VARCHAR, -- srcaddr
  dstaddr VARCHAR, -- dstaddr
  srcaddr_int UINTEGER, -- srcaddr as an integer; NULL for IPv6
  dstaddr_int UINTEGER, -- dstaddr as an integer; NULL for IPv6
  srcport INTEGER, -- srcport
  dstport INTEGER, -- dstport
  protocol INTEGER, -- protocol (6 TCP, 17 UDP, 1 ICMP)
  packets BIGINT, -- packets
  bytes BIGINT, -- bytes
  start_time TIMESTAMP, -- start
  end_time TIMESTAMP, -- end
  action VARCHAR, -- action: ACCEPT or REJECT
  log_status VARCHAR, -- log-status: OK, NODATA, SKIPDATA
  instance_id VARCHAR, -- instance-id (v3 and later); NULL in the default format
  aws_region VARCHAR, -- region (v4 and later), else of the path in S3 layout
  extra JSON -- fields of later versions, by their names; NULL when there is none
);

CREATE TABLE provider_findings ( -- one finding of GuardDuty (later Security Hub) as delivered; updates are rows of their own
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the finding's JSON
  duplicate BOOLEAN, -- true when the same finding with the same content was imported before
  provider VARCHAR, -- guardduty
  finding_id VARCHAR, -- id
  finding_arn VARCHAR, -- arn
  type VARCHAR, -- type, e.g. UnauthorizedAccess:EC2/SSHBruteForce
  title VARCHAR, -- title
  description VARCHAR, -- description
  severity_score DOUBLE, -- severity 1.0 .. 10.0
  account_id VARCHAR, -- accountId
  aws_region VARCHAR, -- region
  created_at TIMESTAMP, -- createdAt
  updated_at TIMESTAMP, -- updatedAt
  first_seen TIMESTAMP, -- service.eventFirstSeen, else createdAt
  last_seen TIMESTAMP, -- service.eventLastSeen, else updatedAt
  count BIGINT, -- service.count
  archived BOOLEAN, -- service.archived
  resource JSON, -- resource
  service JSON, -- service
  extra JSON -- every other key
);

CREATE TABLE files ( -- every file that was looked at
  file_id INTEGER, -- key, in the order of import
  path VARCHAR, -- absolute path of the original; archive members as archive.zip!member
  name VARCHAR, -- path below the opened folder
  bytes BIGINT, -- size as stored
  sha256 VARCHAR, -- of the stored bytes, hex
  modified TIMESTAMP, -- time of last change on disk or in the archive
  source VARCHAR, -- cloudtrail, vpc-flow, guardduty, or NULL
  state VARCHAR, -- imported, context, not-evidence, issue
  reason VARCHAR, -- what it is when it is no evidence, or why it failed
  records BIGINT, -- records in it
  unique_records BIGINT, -- records that were not seen before
  duplicate_records BIGINT, -- copies of records seen before
  issue_records BIGINT, -- records that could not be read
  first_time TIMESTAMP, -- earliest record
  last_time TIMESTAMP -- latest record
);

CREATE TABLE issues ( -- every file or record that could not be read
  file_id INTEGER, -- files.file_id
  code VARCHAR, -- e.g. gzip.truncated, json.syntax, record.noTime
  record_no INTEGER, -- 1-based position, when the records can be counted
  byte_offset BIGINT, -- place in the decompressed original, when known
  detail VARCHAR, -- what is wrong
  sample VARCHAR -- the first 500 characters of what could not be read
);
