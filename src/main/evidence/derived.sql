-- What an analysis run derives: analysis/<run>/<table>.parquet. Each step of the method reads the tables before it and
-- creates its own, by these names, on one connection; the run is written out when all steps are done.

CREATE TABLE calls ( -- one unique CloudTrail record with who and what resolved (step: entities)
  file_id INTEGER, -- with record_no the key into events
  record_no INTEGER,
  event_time TIMESTAMP,
  event_id VARCHAR,
  account_id VARCHAR, -- recipient account
  aws_region VARCHAR,
  event_source VARCHAR,
  event_name VARCHAR,
  error_code VARCHAR, -- NULL means success; a refused console sign-in has no errorCode of its own and gets its errorMessage
  read_only BOOLEAN,
  management_event BOOLEAN,
  identity_type VARCHAR, -- userIdentity.type
  principal VARCHAR, -- role ARN for sessions of a role (without session name), else user/root/federated ARN, else account or service
  principal_type VARCHAR, -- entity type: role, user, federatedUser, account, service
  actor_arn VARCHAR, -- userIdentity.arn as logged (with session name)
  actor_account_id VARCHAR, -- userIdentity.accountId
  session_key VARCHAR, -- credential: key id, arn|creationDate for console sessions, principalId of federated users, or principal
  access_key_id VARCHAR,
  session_created TIMESTAMP,
  source_ip VARCHAR, -- address text; NULL when the caller is an AWS service
  source_net VARCHAR, -- /24 (IPv4) or /48 (IPv6) of source_ip as text
  ip_class VARCHAR, -- public, private, aws-service, none
  user_agent VARCHAR,
  ua_family VARCHAR, -- product and platform without versions
  invoked_by VARCHAR, -- service that called on behalf of the principal
  is_service BOOLEAN, -- the call was made by or through an AWS service: not counted in human baselines
  instance_id VARCHAR, -- i-... when the session is an instance's
  mfa BOOLEAN,
  shared_event_id VARCHAR,
  target_role VARCHAR, -- role ARN of AssumeRole*
  issued_key VARCHAR, -- access key id in the response (AssumeRole*, GetSessionToken, GetFederationToken, CreateAccessKey)
  bucket VARCHAR -- S3 bucket named in the request
);

CREATE TABLE entities ( -- everything the records name (step: entities)
  entity_type VARCHAR, -- see shared/model/entity.ts
  entity_id VARCHAR,
  account_id VARCHAR,
  label VARCHAR, -- short name for pictures and lists
  first_seen TIMESTAMP,
  last_seen TIMESTAMP,
  events BIGINT,
  failures BIGINT
);

CREATE TABLE resources ( -- what descriptions (context) say of a thing: the latest one of each (step: entities)
  entity_type VARCHAR, -- as in entities; resource for kinds that have no type of their own
  entity_id VARCHAR, -- as in entities
  account_id VARCHAR,
  aws_region VARCHAR,
  name VARCHAR, -- its tag Name, else the name it has besides its id
  tags JSON, -- {key: value}, whatever the spelling of the description
  classification VARCHAR, -- value of the tag that says how sensitive its data is: (Data)Classification, Sensitivity, Confidentiality
  told TIMESTAMP, -- as of when: captured by AWS Config, else the last change of the file
  source VARCHAR, -- kind of the description
  file_id INTEGER, -- with record_no the description
  record_no INTEGER
);

CREATE TABLE resource_addresses ( -- which interface and instance descriptions give an address to (step: entities)
  address VARCHAR,
  account_id VARCHAR,
  interface_id VARCHAR,
  instance_id VARCHAR, -- NULL for interfaces of services
  description VARCHAR, -- of the interface: tells whose it is when it has no instance
  since TIMESTAMP, -- attached or launched; it is not that instance's before
  source VARCHAR,
  file_id INTEGER, -- with record_no the description
  record_no INTEGER
);

CREATE TABLE activity ( -- hourly counts; every panel and baseline reads these (step: entities)
  hour TIMESTAMP,
  account_id VARCHAR,
  aws_region VARCHAR,
  principal VARCHAR,
  principal_type VARCHAR,
  session_key VARCHAR,
  source_ip VARCHAR,
  source_net VARCHAR,
  ua_family VARCHAR,
  event_source VARCHAR,
  event_name VARCHAR,
  is_service BOOLEAN,
  succeeded BIGINT,
  failed BIGINT,
  first_time TIMESTAMP,
  last_time TIMESTAMP
);

CREATE TABLE daily_activity ( -- the same by the day, without credentials (step: entities)
  day DATE,
  account_id VARCHAR,
  aws_region VARCHAR,
  principal VARCHAR,
  principal_type VARCHAR,
  source_ip VARCHAR,
  source_net VARCHAR,
  ua_family VARCHAR,
  event_source VARCHAR,
  event_name VARCHAR,
  is_service BOOLEAN,
  succeeded BIGINT,
  failed BIGINT,
  first_time TIMESTAMP,
  last_time TIMESTAMP
);

CREATE TABLE daily_aims ( -- daily counts of calls that named a role to take or a bucket (step: entities)
  day DATE,
  principal VARCHAR,
  principal_type VARCHAR,
  is_service BOOLEAN,
  target_role VARCHAR,
  bucket VARCHAR,
  succeeded BIGINT,
  failed BIGINT,
  first_time TIMESTAMP,
  last_time TIMESTAMP
);

CREATE TABLE flow_activity ( -- hourly traffic per interface and peer (step: entities)
  hour TIMESTAMP,
  account_id VARCHAR,
  interface_id VARCHAR,
  instance_id VARCHAR, -- when known from records
  local_addr VARCHAR,
  peer_addr VARCHAR,
  direction VARCHAR, -- in: the peer opened it, out: the interface's side opened it
  service_port INTEGER, -- port of the serving side
  protocol INTEGER,
  accepted BIGINT, -- flow records
  rejected BIGINT,
  bytes_in BIGINT,
  bytes_out BIGINT,
  packets BIGINT
);

CREATE TABLE digest_checks ( -- what CloudTrail digest files prove: one row a digest, a time without one, a log file that one names or should name (step: integrity)
  kind VARCHAR, -- digest; gap: a time for which no digest was made; log
  state VARCHAR, -- valid; changed; missing: named and not here; unsigned: its signature is not here; no-key: the public key is not here; unlisted: a log file of a time with digests, of which none names it
  account_id VARCHAR,
  aws_region VARCHAR,
  trail VARCHAR,
  bucket VARCHAR, -- where CloudTrail delivered it
  object_key VARCHAR,
  first_time TIMESTAMP, -- digest: start of its time; log: oldest record by the digest; missing digest and gap: end of the last digest before it
  last_time TIMESTAMP, -- digest: end of its time; log: newest record by the digest; missing digest and gap: start of the next digest here
  file_id INTEGER, -- files.file_id of the original; NULL when it is not here
  digest_file_id INTEGER, -- the digest that names it
  digest_state VARCHAR, -- log: state of that digest
  expected_sha256 VARCHAR, -- of the decompressed bytes, as the digest names it
  found_sha256 VARCHAR, -- of the decompressed original
  key_fingerprint VARCHAR, -- digest: public key that its signature needs
  detail VARCHAR -- what was found, in a sentence
);

CREATE TABLE coverage ( -- the ledger: hours with records (step: coverage)
  account_id VARCHAR, -- NULL when the source does not tell
  aws_region VARCHAR, -- NULL when the source does not tell
  source VARCHAR, -- as in files.source
  hour TIMESTAMP,
  records BIGINT
);

CREATE TABLE coverage_gaps ( -- times of which records are missing or may be (step: coverage)
  account_id VARCHAR, -- NULL when nothing tells
  aws_region VARCHAR, -- NULL when it concerns every Region, or nothing tells
  source VARCHAR, -- the log that is blind
  first_time TIMESTAMP, -- NULL for a file that could not be read and whose name has no time
  last_time TIMESTAMP,
  cause VARCHAR, -- logging-stopped, logging-narrowed, file-missing, file-unreadable, digest-missing, not-digested, silence, before-first, after-last
  records BIGINT, -- records of that log in whole hours of that time nevertheless
  expected DOUBLE, -- of a silence: records that such a time usually has
  bits DOUBLE, -- of a silence: how surprising it is, -log2 of its chance
  action VARCHAR, -- the call that switched the log
  principal VARCHAR, -- who made it
  file_id INTEGER, -- with record_no that call; else the file that could not be read, or the digest that tells
  record_no INTEGER,
  event_id VARCHAR,
  detail VARCHAR -- what was found, in a sentence
);

CREATE TABLE indicators ( -- what the user imported to look for (step: indicators)
  indicator INTEGER, -- number within the run
  type VARCHAR, -- address, network, domain, userAgent, accessKey, hash, arn
  value VARCHAR, -- as it is compared
  label VARCHAR, -- what its list says about it
  severity VARCHAR,
  list VARCHAR, -- name of the imported file
  first_address BIGINT, -- of an IPv4 network, as an integer
  last_address BIGINT
);

CREATE TABLE indicator_hits ( -- where imported indicators stand in the logs, one row a value and place (step: indicators)
  indicator INTEGER,
  source VARCHAR, -- kind of log
  place VARCHAR, -- column, or the entity type of a name
  seen VARCHAR, -- the value as logged
  records BIGINT,
  first_time TIMESTAMP, -- of flows: the hour
  last_time TIMESTAMP
);

CREATE TABLE address_places ( -- where each public address is and who runs its network; unknown is NULL (step: detections)
  address VARCHAR,
  country VARCHAR, -- ISO 3166 code
  city VARCHAR, -- of a city file that the user gave
  asn BIGINT, -- number of the autonomous system
  organization VARCHAR, -- who runs it
  network_kind VARCHAR, -- aws, hosting, vpn, satellite; NULL for all others
  aws_service VARCHAR, -- by an ip-ranges.json in the bundle: EC2, S3, CLOUDFRONT ...; AMAZON when it tells no more
  aws_service_region VARCHAR, -- Region of that range; GLOBAL for edge services
  latitude DOUBLE, -- of the city, else the centre of the country's addresses
  longitude DOUBLE,
  radius_km DOUBLE, -- how far from there it may be
  origin VARCHAR -- who says so: the bundled tables, or the user's file and its date
);

CREATE TABLE findings ( -- folded detections and provider findings (step: detections; baselines adds its own)
  finding_id VARCHAR, -- stable over runs: hash of rule, principal, network, day
  rule_id VARCHAR, -- id of the rule or detector; provider finding type for provider findings
  title VARCHAR,
  description VARCHAR, -- one or two plain sentences with what was seen
  provider VARCHAR, -- coldtrail, guardduty, baseline
  kind VARCHAR, -- sigma, statistical, provider, baseline
  tactic VARCHAR, -- ATT&CK v19 slug
  techniques VARCHAR[], -- ATT&CK v19 ids
  techniques_v18 VARCHAR[],
  severity VARCHAR, -- informational..critical
  severity_reason VARCHAR,
  principal VARCHAR, -- main actor, when there is one
  session_key VARCHAR, -- main credential, when there is one
  source_ip VARCHAR, -- main address, when there is one
  account_id VARCHAR,
  first_time TIMESTAMP,
  last_time TIMESTAMP,
  event_count BIGINT, -- records behind it
  sources JSON, -- [{ruleId, title, provider, author, licence, link, severity}] of every rule folded into it
  remediation VARCHAR[], -- ids of remediation actions
  false_positives VARCHAR
);

CREATE TABLE finding_events ( -- the records behind each finding
  finding_id VARCHAR,
  source VARCHAR, -- cloudtrail, vpc-flow, guardduty
  file_id INTEGER,
  record_no INTEGER,
  event_id VARCHAR, -- CloudTrail event id or provider finding id
  event_time TIMESTAMP
);

CREATE TABLE finding_entities (
  finding_id VARCHAR,
  entity_type VARCHAR,
  entity_id VARCHAR,
  role VARCHAR -- actor, credential, address, target, account, tool
);

CREATE TABLE baselines ( -- newly observed values and anomalous volumes (step: baselines)
  kind VARCHAR, -- new-api, new-service, new-address, new-network, new-country, new-operator, new-role, new-bucket, new-user-agent, new-region, new-principal, failure-share, volume, and both with -day; of traffic new-peer, new-port, sent-day
  principal VARCHAR, -- of traffic the instance, else the interface
  value VARCHAR, -- what is new, or the hour or day of an anomaly
  first_time TIMESTAMP,
  last_time TIMESTAMP,
  succeeded BIGINT, -- in scope
  failed BIGINT,
  expected DOUBLE, -- baseline mean per hour or day, for volume and failure-share; median bytes a day for sent-day
  bits DOUBLE, -- how surprising: -log2 p with back-off
  habit DOUBLE, -- of these, the bits of anything new of this kind: near 0 for a principal that shows something new every day
  q_value DOUBLE, -- after Benjamini-Hochberg, for volume and failure-share
  is_new_for_account BOOLEAN,
  active_days INTEGER, -- days with activity in the baseline
  sample_size BIGINT, -- events in the baseline
  maturity DOUBLE, -- min(1, days/14) * min(1, events/200)
  mode VARCHAR, -- baseline: against the days before scope; cold: under two days of history, against what others do, never called new
  finding_id VARCHAR -- the finding made of it, if any
);

CREATE TABLE lineage_edges ( -- parent credential -> child (step: lineage)
  parent VARCHAR, -- credential (session key), or the instance, function or service that got the child
  child VARCHAR, -- credential, or what the parent got hold of: instance, function, user (its password) or role
  kind VARCHAR, -- issued, cross-account, console, forwarded (by a service on behalf), created-key, controls, grants
  file_id INTEGER, -- with record_no the record that ties them
  record_no INTEGER,
  event_id VARCHAR,
  event_time TIMESTAMP,
  detail VARCHAR -- the call, with the role or policy it names
);

CREATE TABLE credentials ( -- every credential with where it comes from (step: lineage)
  session_key VARCHAR,
  kind VARCHAR, -- access-key, password, role-session, console-session, session-token, federation, identity-provider, instance-role, foreign (an id of another account), forwarded, service, root, unknown
  principal VARCHAR, -- NULL when it was handed out and never used
  account_id VARCHAR,
  actor_arn VARCHAR, -- userIdentity.arn of its calls
  root VARCHAR, -- the first credential of the chain: access key, user ARN (password), instance, service ...
  resolution VARCHAR, -- root, resolved, before-bundle, not-logged (made in the bundle's time, its record is not here), missing-account, service
  missing_account VARCHAR, -- the account whose records would tell, for missing-account
  created TIMESTAMP, -- creation date of a session
  first_time TIMESTAMP,
  last_time TIMESTAMP,
  events BIGINT,
  failures BIGINT
);

CREATE TABLE strands ( -- one root credential from one network with one user-agent family; of a call: join credentials on session_key, then root, source_net, ua_family (IS NOT DISTINCT FROM) where NOT is_service (step: lineage)
  strand VARCHAR, -- `root | network | family`
  root VARCHAR,
  source_net VARCHAR,
  ua_family VARCHAR,
  principal VARCHAR, -- of its first call
  session_key VARCHAR, -- of its first call
  credentials BIGINT, -- session keys in it
  first_time TIMESTAMP,
  last_time TIMESTAMP,
  first_file_id INTEGER, -- its first record
  first_record_no INTEGER,
  first_event_id VARCHAR,
  events BIGINT,
  failures BIGINT,
  apis BIGINT, -- distinct service and API
  active_days BIGINT, -- days with calls
  benign_days BIGINT, -- active days before the day of its first record in a finding of at least medium (baseline evidence aside); all of them when there is none
  first_flagged TIMESTAMP, -- its first record in such a finding
  flagged BIGINT -- its records in such findings
);

CREATE TABLE hands ( -- one root credential from one network, for every pair behind a finding: who held the credential (step: grouping)
  root VARCHAR,
  net VARCHAR,
  principal VARCHAR,
  flagged_day DATE, -- of its first finding of medium severity or more, else of its first finding
  days_before BIGINT, -- earlier days on which the root or the principal got something done from the network
  history_days BIGINT, -- earlier days on which the root or the principal got something done at all
  nets_before BIGINT, -- networks it used on those days
  net_days_before BIGINT, -- earlier days on which anybody used the network
  net_roots BIGINT, -- root credentials seen on the network in the whole bundle
  principal_roots BIGINT, -- root credentials seen behind the principal in the whole bundle
  standing VARCHAR, -- of the network for the credential: home (its own), novel or unsure
  net_standing VARCHAR -- of the network for everybody
);

CREATE TABLE incidents (
  incident_id VARCHAR,
  title VARCHAR,
  severity VARCHAR,
  score DOUBLE,
  first_time TIMESTAMP,
  last_time TIMESTAMP,
  finding_count BIGINT,
  event_count BIGINT,
  document JSON -- the whole incident, shared/model/incident.ts
);

CREATE TABLE incident_members (
  incident_id VARCHAR,
  finding_id VARCHAR,
  standing VARCHAR, -- of the hand behind the finding: home, novel or unsure; NULL without an API call
  stability DOUBLE -- of the group: mean overlap with itself under changed thresholds, 0..1; below 0.7 it is loose
);

CREATE TABLE incident_events ( -- the records of an incident: those of its findings and those of its hostile strands
  incident_id VARCHAR,
  source VARCHAR,
  file_id INTEGER,
  record_no INTEGER,
  event_id VARCHAR,
  event_time TIMESTAMP,
  finding_id VARCHAR, -- NULL: not flagged by itself, but made by a hostile strand
  strand VARCHAR -- root credential, network and user-agent family of the strand
);

CREATE TABLE group_edges ( -- why two findings belong together (step: grouping)
  a VARCHAR, -- finding_id
  b VARCHAR,
  weight DOUBLE,
  reasons JSON -- [{type, id, weight, gapSeconds}]
);
