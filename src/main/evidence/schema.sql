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
  account_id VARCHAR, -- account-id, else of the path in S3 layout
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

CREATE TABLE provider_findings ( -- one finding of GuardDuty, Inspector, Macie or Security Hub (with what these and others send there) as delivered; updates are rows of their own
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the finding's JSON
  duplicate BOOLEAN, -- true when the same finding with the same content was imported before
  provider VARCHAR, -- guardduty, security-hub (its own controls and products of others), inspector, macie, access-analyzer, config, health, firewall-manager
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
  archived BOOLEAN, -- service.archived; of Security Hub: archived, resolved or suppressed findings and passed controls
  resource JSON, -- resource
  service JSON, -- service
  extra JSON -- every other key
);

CREATE TABLE k8s_audit ( -- one Kubernetes audit event of an EKS cluster, one row a stage (unique ones; k8s_audit_all also holds copies)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the event's JSON
  duplicate BOOLEAN, -- true when the same event was imported before
  event_time TIMESTAMP, -- requestReceivedTimestamp, else stageTimestamp, else the time of the log line
  audit_id VARCHAR, -- auditID: one request; its stages share it
  level VARCHAR, -- level: Metadata, Request, RequestResponse (bodies only at the last two)
  stage VARCHAR, -- stage: RequestReceived, ResponseStarted, ResponseComplete, Panic
  stage_timestamp TIMESTAMP, -- stageTimestamp
  verb VARCHAR, -- verb: get, list, watch, create, update, patch, delete, deletecollection ...
  request_uri VARCHAR, -- requestURI
  user_username VARCHAR, -- user.username
  user_uid VARCHAR, -- user.uid
  user_groups VARCHAR[], -- user.groups
  user_arn VARCHAR, -- user.extra.canonicalArn, else user.extra.arn: the IAM identity behind the user
  user_session_name VARCHAR, -- user.extra.sessionName
  user_access_key_id VARCHAR, -- user.extra.accessKeyId: joins session_key of calls
  user_extra JSON, -- user.extra
  impersonated_username VARCHAR, -- impersonatedUser.username
  impersonated_groups VARCHAR[], -- impersonatedUser.groups
  source_ip VARCHAR, -- first of sourceIPs
  source_ips VARCHAR[], -- sourceIPs, client first, then proxies
  user_agent VARCHAR, -- userAgent
  object_resource VARCHAR, -- objectRef.resource, e.g. pods, secrets
  object_subresource VARCHAR, -- objectRef.subresource, e.g. exec, log, token
  object_namespace VARCHAR, -- objectRef.namespace
  object_name VARCHAR, -- objectRef.name
  object_api_group VARCHAR, -- objectRef.apiGroup
  object_api_version VARCHAR, -- objectRef.apiVersion
  response_code INTEGER, -- responseStatus.code
  response_status VARCHAR, -- responseStatus.status
  response_reason VARCHAR, -- responseStatus.reason
  response_message VARCHAR, -- responseStatus.message
  decision VARCHAR, -- annotations."authorization.k8s.io/decision": allow, forbid
  decision_reason VARCHAR, -- annotations."authorization.k8s.io/reason": the binding that allowed it
  annotations JSON, -- annotations
  request_object JSON, -- requestObject
  response_object JSON, -- responseObject
  account_id VARCHAR, -- of the envelope, else of the user's ARN; NULL when nothing tells
  aws_region VARCHAR, -- of the envelope or the path; NULL when nothing tells
  cluster VARCHAR, -- name of the cluster, from the log group or the OCSF record; NULL when nothing tells
  extra JSON -- every other top-level key; the envelope of the delivery under "@log"
);

CREATE TABLE dns_queries ( -- one DNS query: Route 53 Resolver query logs and public hosted zone logs (dns_queries_all also holds copies)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the record
  duplicate BOOLEAN, -- true when the same record was imported before
  event_time TIMESTAMP, -- query_timestamp
  version VARCHAR, -- version
  account_id VARCHAR, -- account_id
  aws_region VARCHAR, -- region
  vpc_id VARCHAR, -- vpc_id; NULL for hosted zone logs
  query_name VARCHAR, -- query_name as logged, with its final dot
  query_type VARCHAR, -- query_type: A, AAAA, TXT ...
  query_class VARCHAR, -- query_class
  rcode VARCHAR, -- rcode: NOERROR, NXDOMAIN ...; also nodata when a firewall answered
  answers JSON, -- answers: [{Rdata, Type, Class}]
  srcaddr VARCHAR, -- srcaddr: who asked; for hosted zone logs the resolver
  srcport INTEGER, -- srcport
  transport VARCHAR, -- transport: UDP, TCP
  instance_id VARCHAR, -- srcids.instance
  resolver_endpoint_id VARCHAR, -- srcids.resolver_endpoint
  interface_id VARCHAR, -- srcids.resolver_network_interface
  firewall_rule_action VARCHAR, -- firewall_rule_action: ALLOW, ALERT, BLOCK
  firewall_rule_group_id VARCHAR, -- firewall_rule_group_id
  firewall_domain_list_id VARCHAR, -- firewall_domain_list_id
  hosted_zone_id VARCHAR, -- hosted zone, of public zone logs
  edge_location VARCHAR, -- edge location, of public zone logs
  client_subnet VARCHAR, -- EDNS client subnet, of public zone logs
  extra JSON -- every other key
);

CREATE TABLE s3_access ( -- one line of an S3 server access log (s3_access_all also holds copies)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based line in the original
  content_hash UBIGINT, -- hash of the line's fields
  duplicate BOOLEAN, -- true when the same line was imported before
  event_time TIMESTAMP, -- time at which the request was received
  bucket_owner VARCHAR, -- canonical user id of the bucket's owner
  bucket VARCHAR, -- bucket
  remote_ip VARCHAR, -- remote IP
  requester VARCHAR, -- ARN or canonical user id; NULL when not authenticated
  request_id VARCHAR, -- request id
  operation VARCHAR, -- operation, e.g. REST.GET.OBJECT, BATCH.DELETE.OBJECT
  key VARCHAR, -- key, URL-encoded as logged
  request_uri VARCHAR, -- request-URI: method, target and protocol
  http_status INTEGER, -- HTTP status
  error_code VARCHAR, -- error code, e.g. AccessDenied, NoSuchKey
  bytes_sent BIGINT, -- bytes sent
  object_size BIGINT, -- object size
  total_time BIGINT, -- milliseconds from request to last byte sent
  turn_around_time BIGINT, -- milliseconds S3 worked on it
  referer VARCHAR, -- referer
  user_agent VARCHAR, -- user agent
  version_id VARCHAR, -- version id
  host_id VARCHAR, -- extended request id
  signature_version VARCHAR, -- SigV2 or SigV4; NULL when not authenticated
  cipher_suite VARCHAR, -- cipher suite
  authentication_type VARCHAR, -- AuthHeader, QueryString (pre-signed URL); NULL when not authenticated
  host_header VARCHAR, -- host header
  tls_version VARCHAR, -- TLS version
  access_point_arn VARCHAR, -- access point ARN
  acl_required VARCHAR, -- Yes when an ACL was needed to authorise it
  extra JSON -- fields of later versions, as {"fields": [...]}
);

CREATE TABLE elb_access ( -- one line of an access log of an Application, Network or Classic Load Balancer, or of a connection log (elb_access_all also holds copies)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based line in the original
  content_hash UBIGINT, -- hash of the line's fields
  duplicate BOOLEAN, -- true when the same line was imported before
  event_time TIMESTAMP, -- time of the response (ALB, NLB) or of the request (CLB)
  elb_type VARCHAR, -- application, network, classic; connection for lines of a connection log
  type VARCHAR, -- type: http, https, h2, grpcs, ws, wss, tls; NULL for classic ones
  elb VARCHAR, -- elb: resource id or name of the load balancer
  client_ip VARCHAR, -- address of client
  client_port INTEGER, -- port of client
  target_ip VARCHAR, -- address of target (backend, destination)
  target_port INTEGER, -- port of target
  elb_status_code INTEGER, -- elb_status_code
  target_status_code INTEGER, -- target_status_code or backend_status_code
  received_bytes BIGINT, -- received_bytes
  sent_bytes BIGINT, -- sent_bytes
  request_processing_time DOUBLE, -- seconds; -1 when the target did not answer
  target_processing_time DOUBLE, -- seconds
  response_processing_time DOUBLE, -- seconds
  request VARCHAR, -- request line as logged
  request_method VARCHAR, -- first word of the request line
  request_url VARCHAR, -- second word of the request line
  user_agent VARCHAR, -- user_agent
  ssl_cipher VARCHAR, -- ssl_cipher
  ssl_protocol VARCHAR, -- ssl_protocol
  target_group_arn VARCHAR, -- target_group_arn
  trace_id VARCHAR, -- trace_id
  domain_name VARCHAR, -- domain_name: SNI name
  request_creation_time TIMESTAMP, -- request_creation_time
  actions_executed VARCHAR, -- actions_executed: waf, authenticate, forward ...
  error_reason VARCHAR, -- error_reason
  classification VARCHAR, -- classification: Ambiguous, Severe (desync)
  account_id VARCHAR, -- of the target group or certificate ARN, else of the path
  aws_region VARCHAR, -- of those ARNs, else of the path
  extra JSON -- every other field, by its name
);

CREATE TABLE waf_requests ( -- one request that AWS WAF looked at (waf_requests_all also holds copies)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the record's JSON
  duplicate BOOLEAN, -- true when the same record was imported before
  event_time TIMESTAMP, -- timestamp
  web_acl_arn VARCHAR, -- webaclId
  action VARCHAR, -- action: ALLOW, BLOCK, CAPTCHA, CHALLENGE
  terminating_rule_id VARCHAR, -- terminatingRuleId
  terminating_rule_type VARCHAR, -- terminatingRuleType
  http_source_name VARCHAR, -- httpSourceName: ALB, CF, APIGW ...
  http_source_id VARCHAR, -- httpSourceId
  client_ip VARCHAR, -- httpRequest.clientIp
  country VARCHAR, -- httpRequest.country
  http_method VARCHAR, -- httpRequest.httpMethod
  uri VARCHAR, -- httpRequest.uri
  args VARCHAR, -- httpRequest.args
  http_version VARCHAR, -- httpRequest.httpVersion
  host VARCHAR, -- header Host
  user_agent VARCHAR, -- header User-Agent
  request_id VARCHAR, -- httpRequest.requestId
  response_code INTEGER, -- responseCodeSent
  labels VARCHAR[], -- labels[*].name
  account_id VARCHAR, -- of webaclId
  aws_region VARCHAR, -- of webaclId
  headers JSON, -- httpRequest.headers
  extra JSON -- every other key
);

CREATE TABLE cloudfront_access ( -- one request of a CloudFront standard log (cloudfront_access_all also holds copies)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based line in the original (comment lines not counted)
  content_hash UBIGINT, -- hash of the line's fields
  duplicate BOOLEAN, -- true when the same line was imported before
  event_time TIMESTAMP, -- date and time
  edge_location VARCHAR, -- x-edge-location
  sc_bytes BIGINT, -- sc-bytes
  client_ip VARCHAR, -- c-ip
  client_port INTEGER, -- c-port
  http_method VARCHAR, -- cs-method
  distribution_host VARCHAR, -- cs(Host)
  uri_stem VARCHAR, -- cs-uri-stem
  uri_query VARCHAR, -- cs-uri-query
  http_status INTEGER, -- sc-status
  referer VARCHAR, -- cs(Referer)
  user_agent VARCHAR, -- cs(User-Agent), URL-encoded as logged
  cookie VARCHAR, -- cs(Cookie)
  result_type VARCHAR, -- x-edge-result-type
  request_id VARCHAR, -- x-edge-request-id
  host_header VARCHAR, -- x-host-header
  protocol VARCHAR, -- cs-protocol
  cs_bytes BIGINT, -- cs-bytes
  time_taken DOUBLE, -- seconds
  forwarded_for VARCHAR, -- x-forwarded-for
  ssl_protocol VARCHAR, -- ssl-protocol
  ssl_cipher VARCHAR, -- ssl-cipher
  extra JSON -- every other field, by its name
);

CREATE TABLE cloudtrail_digests ( -- one CloudTrail digest file: the log files of an hour with their hashes, and the digest before it (digest_checks says what they prove)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the digest's JSON
  duplicate BOOLEAN, -- true when the same digest was imported before
  digest_start_time TIMESTAMP, -- digestStartTime
  digest_end_time TIMESTAMP, -- digestEndTime
  account_id VARCHAR, -- awsAccountId
  aws_region VARCHAR, -- of digestS3Object: the Region of the logs
  trail VARCHAR, -- of digestS3Object: name of the trail
  digest_s3_bucket VARCHAR, -- digestS3Bucket
  digest_s3_object VARCHAR, -- digestS3Object
  digest_public_key_fingerprint VARCHAR, -- digestPublicKeyFingerprint
  digest_signature_algorithm VARCHAR, -- digestSignatureAlgorithm
  newest_event_time TIMESTAMP, -- newestEventTime; NULL when the hour had no log file
  oldest_event_time TIMESTAMP, -- oldestEventTime
  previous_digest_s3_bucket VARCHAR, -- previousDigestS3Bucket; NULL for the first digest of a chain
  previous_digest_s3_object VARCHAR, -- previousDigestS3Object
  previous_digest_hash_value VARCHAR, -- previousDigestHashValue, of the decompressed digest
  previous_digest_hash_algorithm VARCHAR, -- previousDigestHashAlgorithm
  previous_digest_signature VARCHAR, -- previousDigestSignature, hex
  log_files JSON, -- logFiles: bucket, object, hash and times of each
  extra JSON -- every other key
);

CREATE TABLE cloudtrail_public_keys ( -- one key of an answer of ListPublicKeys: what digest files are signed with
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the key's JSON
  duplicate BOOLEAN, -- true when the same key was imported before
  validity_start_time TIMESTAMP, -- ValidityStartTime
  validity_end_time TIMESTAMP, -- ValidityEndTime
  fingerprint VARCHAR, -- Fingerprint
  value VARCHAR, -- Value: DER in PKCS#1, base64
  extra JSON -- every other key
);

CREATE TABLE ec2_instances ( -- context: one instance of an answer of DescribeInstances, as it was when it was asked
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the description's JSON
  duplicate BOOLEAN, -- true when the same description was imported before
  instance_id VARCHAR, -- InstanceId
  account_id VARCHAR, -- OwnerId of its reservation, else of its first interface
  aws_region VARCHAR, -- of Placement.AvailabilityZone
  state VARCHAR, -- State.Name: running, stopped, terminated ...
  launch_time TIMESTAMP, -- LaunchTime
  instance_type VARCHAR, -- InstanceType
  image_id VARCHAR, -- ImageId
  key_name VARCHAR, -- KeyName
  iam_instance_profile VARCHAR, -- IamInstanceProfile.Arn
  private_ip_address VARCHAR, -- PrivateIpAddress
  public_ip_address VARCHAR, -- PublicIpAddress
  ipv6_address VARCHAR, -- Ipv6Address
  vpc_id VARCHAR, -- VpcId
  subnet_id VARCHAR, -- SubnetId
  network_interfaces JSON, -- NetworkInterfaces
  security_groups JSON, -- SecurityGroups
  tags JSON, -- Tags: [{Key, Value}]
  extra JSON -- every other key
);

CREATE TABLE network_interfaces ( -- context: one interface of an answer of DescribeNetworkInterfaces
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the description's JSON
  duplicate BOOLEAN, -- true when the same description was imported before
  interface_id VARCHAR, -- NetworkInterfaceId
  account_id VARCHAR, -- OwnerId
  aws_region VARCHAR, -- of AvailabilityZone
  description VARCHAR, -- Description: of an interface of a service, whose it is
  interface_type VARCHAR, -- InterfaceType: interface, nat_gateway, lambda ...
  requester_id VARCHAR, -- RequesterId: the service that made it
  status VARCHAR, -- Status
  instance_id VARCHAR, -- Attachment.InstanceId
  attach_time TIMESTAMP, -- Attachment.AttachTime
  private_ip_address VARCHAR, -- PrivateIpAddress
  public_ip_address VARCHAR, -- Association.PublicIp
  private_ip_addresses JSON, -- PrivateIpAddresses
  ipv6_addresses JSON, -- Ipv6Addresses
  vpc_id VARCHAR, -- VpcId
  subnet_id VARCHAR, -- SubnetId
  security_groups JSON, -- Groups
  tags JSON, -- TagSet: [{Key, Value}]
  extra JSON -- every other key
);

CREATE TABLE iam_principals ( -- context: one user, group or role of GetAccountAuthorizationDetails
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the description's JSON
  duplicate BOOLEAN, -- true when the same description was imported before
  kind VARCHAR, -- user, group, role
  arn VARCHAR, -- Arn
  name VARCHAR, -- UserName, GroupName or RoleName
  id VARCHAR, -- UserId, GroupId or RoleId
  account_id VARCHAR, -- of Arn
  path VARCHAR, -- Path
  create_date TIMESTAMP, -- CreateDate
  last_used TIMESTAMP, -- RoleLastUsed.LastUsedDate, of roles
  groups JSON, -- GroupList: names of the user's groups
  inline_policies JSON, -- UserPolicyList, GroupPolicyList or RolePolicyList: [{PolicyName, PolicyDocument}]
  attached_policies JSON, -- AttachedManagedPolicies: [{PolicyName, PolicyArn}]
  permissions_boundary VARCHAR, -- PermissionsBoundary.PermissionsBoundaryArn
  assume_role_policy JSON, -- AssumeRolePolicyDocument, of roles
  tags JSON, -- Tags: [{Key, Value}]
  extra JSON -- every other key
);

CREATE TABLE iam_policies ( -- context: one managed policy of GetAccountAuthorizationDetails
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the description's JSON
  duplicate BOOLEAN, -- true when the same description was imported before
  arn VARCHAR, -- Arn
  name VARCHAR, -- PolicyName
  id VARCHAR, -- PolicyId
  path VARCHAR, -- Path
  default_version_id VARCHAR, -- DefaultVersionId
  attachment_count BIGINT, -- AttachmentCount
  create_date TIMESTAMP, -- CreateDate
  update_date TIMESTAMP, -- UpdateDate
  document JSON, -- Document of the default version: the one in force
  versions JSON, -- PolicyVersionList
  extra JSON -- every other key
);

CREATE TABLE iam_credential_report ( -- context: one user of an IAM credential report
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based row in the original
  content_hash UBIGINT, -- hash of the row
  duplicate BOOLEAN, -- true when the same row was imported before
  user_name VARCHAR, -- user; <root_account> for the root user
  arn VARCHAR, -- arn
  account_id VARCHAR, -- of arn
  user_creation_time TIMESTAMP, -- user_creation_time
  password_enabled BOOLEAN, -- password_enabled; NULL for not_supported
  password_last_used TIMESTAMP, -- password_last_used; NULL for N/A and no_information
  password_last_changed TIMESTAMP, -- password_last_changed
  password_next_rotation TIMESTAMP, -- password_next_rotation
  mfa_active BOOLEAN, -- mfa_active
  access_key_1_active BOOLEAN, -- access_key_1_active
  access_key_1_last_rotated TIMESTAMP, -- access_key_1_last_rotated: when it was made or last switched
  access_key_1_last_used_date TIMESTAMP, -- access_key_1_last_used_date
  access_key_1_last_used_region VARCHAR, -- access_key_1_last_used_region
  access_key_1_last_used_service VARCHAR, -- access_key_1_last_used_service
  access_key_2_active BOOLEAN, -- access_key_2_active
  access_key_2_last_rotated TIMESTAMP, -- access_key_2_last_rotated
  access_key_2_last_used_date TIMESTAMP, -- access_key_2_last_used_date
  access_key_2_last_used_region VARCHAR, -- access_key_2_last_used_region
  access_key_2_last_used_service VARCHAR, -- access_key_2_last_used_service
  extra JSON -- every other column
);

CREATE TABLE config_items ( -- context: one configuration item of AWS Config
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the item's JSON
  duplicate BOOLEAN, -- true when the same item was imported before
  account_id VARCHAR, -- awsAccountId or accountId
  aws_region VARCHAR, -- awsRegion
  resource_type VARCHAR, -- resourceType, e.g. AWS::S3::Bucket
  resource_id VARCHAR, -- resourceId
  resource_name VARCHAR, -- resourceName
  arn VARCHAR, -- ARN or arn
  capture_time TIMESTAMP, -- configurationItemCaptureTime
  status VARCHAR, -- configurationItemStatus: OK, ResourceDiscovered, ResourceDeleted ...
  resource_creation_time TIMESTAMP, -- resourceCreationTime
  tags JSON, -- tags, an object
  relationships JSON, -- relationships: what it is tied to
  configuration JSON, -- configuration: as its service describes it
  extra JSON -- every other key
);

CREATE TABLE aws_ip_ranges ( -- context: one prefix of ip-ranges.json
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the prefix's JSON
  duplicate BOOLEAN, -- true when the same prefix of the same list was imported before
  prefix VARCHAR, -- ip_prefix or ipv6_prefix
  aws_region VARCHAR, -- region; GLOBAL for edge services
  service VARCHAR, -- service: AMAZON, EC2, S3, CLOUDFRONT ...
  network_border_group VARCHAR, -- network_border_group
  published TIMESTAMP, -- createDate of the list
  extra JSON -- every other key
);

CREATE TABLE mapped_events ( -- one record of a file that no source reads, mapped by hand (mapped_events_all also holds copies)
  file_id INTEGER, -- files.file_id of the original
  record_no INTEGER, -- 1-based position in the original
  content_hash UBIGINT, -- hash of the record
  duplicate BOOLEAN, -- true when the same record was imported before
  event_time TIMESTAMP, -- the field that the map names as time
  map VARCHAR, -- name of the map
  actor VARCHAR, -- as mapped
  action VARCHAR, -- as mapped
  source_ip VARCHAR, -- as mapped
  target VARCHAR, -- as mapped
  outcome VARCHAR, -- as mapped, in the words of the record
  account_id VARCHAR, -- as mapped
  aws_region VARCHAR, -- as mapped
  byte_offset BIGINT, -- place of the record in the decompressed original; NULL when it had to be converted
  byte_length BIGINT, -- its bytes there
  extra JSON -- every other field
);

CREATE TABLE files ( -- every file that was looked at
  file_id INTEGER, -- key, in the order of import
  path VARCHAR, -- absolute path of the original; archive members as archive.zip!member
  name VARCHAR, -- path below the opened folder
  bytes BIGINT, -- size as stored
  sha256 VARCHAR, -- of the stored bytes, hex
  content_sha256 VARCHAR, -- of the decompressed bytes, hex, as CloudTrail digests name it; NULL for files that are not compressed or that no digest names
  modified TIMESTAMP, -- time of last change on disk or in the archive
  source VARCHAR, -- id of the source (docs/formats.md): cloudtrail, vpc-flow, guardduty, security-hub, k8s-audit ...; NULL when it holds no records
  state VARCHAR, -- imported, context, not-evidence, issue, removed
  reason VARCHAR, -- what it is when it is no evidence, or why it failed
  records BIGINT, -- records in it
  unique_records BIGINT, -- records that were not seen before
  duplicate_records BIGINT, -- copies of records seen before
  issue_records BIGINT, -- records that could not be read
  first_time TIMESTAMP, -- earliest record
  last_time TIMESTAMP -- latest record
);

CREATE TABLE checkpoints ( -- places in originals too large to be held, where reading one record back can begin
  file_id INTEGER, -- files.file_id
  records_before INTEGER, -- records and what could not be read, before the place
  text_offset BIGINT, -- the place in the decoded text, in bytes
  byte_offset BIGINT, -- the place in the decompressed original; NULL when it had to be converted
  inside VARCHAR, -- of JSON: text (between documents), list (in a list of records) or rest (behind one); NULL for lines and tables
  sign VARCHAR -- how the elements of that list begin
);

CREATE TABLE issues ( -- every file or record that could not be read
  file_id INTEGER, -- files.file_id
  code VARCHAR, -- e.g. gzip.truncated, json.syntax, record.noTime
  record_no INTEGER, -- 1-based position, when the records can be counted
  byte_offset BIGINT, -- place in the decompressed original, when known
  detail VARCHAR, -- what is wrong
  sample VARCHAR -- the first 500 characters of what could not be read
);
