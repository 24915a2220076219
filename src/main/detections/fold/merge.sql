-- det_merged: findings whose records are all in another one, and which one. A finding about many records takes in those
-- that say less about the same records: of the same tactic, or themselves about many. A provider's finding goes to any that
-- says more of all its records. What compares one hand with its owner stays alone: others may tell of
-- both. So hits of several rules, detectors and providers are one finding that names them all.
CREATE OR REPLACE TEMP TABLE det_records AS SELECT DISTINCT finding_id, source, file_id, record_no FROM det_members;

CREATE OR REPLACE TEMP TABLE det_merged AS
WITH RECURSIVE ranked AS (
  SELECT finding_id, aggregate, tactic, kind, coalesce(foreign_hand, false) AS about_hand, row_number() OVER (ORDER BY final_rank DESC, kind = 'provider' DESC, records DESC, finding_id) AS place, records - told AS records FROM det_folded
), shared AS (
  SELECT a.finding_id AS inner_id, b.finding_id AS outer_id, count(*) AS n
  FROM det_records a JOIN det_records b USING (source, file_id, record_no) JOIN ranked i ON i.finding_id = a.finding_id JOIN ranked o ON o.finding_id = b.finding_id
  WHERE a.finding_id <> b.finding_id AND (o.aggregate OR i.kind = 'provider') GROUP BY ALL
), steps AS (
  SELECT inner_id, first(outer_id ORDER BY o.place) AS outer_id
  FROM shared s JOIN ranked i ON i.finding_id = s.inner_id JOIN ranked o ON o.finding_id = s.outer_id
  WHERE s.n = i.records AND o.place < i.place AND (i.tactic = o.tactic OR i.aggregate) AND NOT i.about_hand
  GROUP BY inner_id
), chains AS (
  SELECT inner_id, outer_id FROM steps
  UNION ALL
  SELECT c.inner_id, s.outer_id FROM chains c JOIN steps s ON s.inner_id = c.outer_id
)
SELECT inner_id, outer_id FROM chains WHERE outer_id NOT IN (SELECT inner_id FROM steps);
DROP TABLE det_records
