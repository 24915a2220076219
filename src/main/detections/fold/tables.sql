-- What the rules, detectors and providers say, before it is folded.
CREATE OR REPLACE TEMP TABLE det_rules (
  rule_no INTEGER, rule_id VARCHAR, title VARCHAR, description VARCHAR, provider VARCHAR, kind VARCHAR, author VARCHAR, licence VARCHAR,
  link VARCHAR, level_rank INTEGER, severity_reason VARCHAR, tactic VARCHAR, techniques VARCHAR[], techniques_v18 VARCHAR[],
  remediation VARCHAR[], false_positives VARCHAR,
  aggregate BOOLEAN, -- about many records together: it does not compete for single ones
  first_seen BOOLEAN, -- says that something is new, which a short case cannot know
  foreign_hand BOOLEAN -- has compared the hand with its owner already: habits do not lower it; NULL for providers
);
CREATE OR REPLACE TEMP TABLE det_hits (
  rule_no INTEGER, source VARCHAR, file_id INTEGER, record_no INTEGER,
  fold VARCHAR, -- what makes one finding of a day; NULL: principal and network
  level_rank INTEGER, -- NULL: the rule's
  note VARCHAR, -- a sentence with facts, the same for all records of a fold
  address VARCHAR, target_type VARCHAR, target_id VARCHAR, -- of logs without resolved calls
  event_time TIMESTAMP, event_id VARCHAR, account_id VARCHAR, principal VARCHAR, principal_type VARCHAR, session_key VARCHAR -- the same, but of flows, whose table tells
)
