-- The edges as documented. What a forwarded session did, its parent did: such edges start at the parent.
CREATE OR REPLACE TABLE lineage_edges AS
WITH folded AS (
  SELECT child, parent FROM found_edges WHERE kind = 'forwarded'
)
SELECT coalesce(f.parent, e.parent) AS parent, e.child, e.kind, e.file_id, e.record_no, e.event_id, e.event_time, e.detail
FROM found_edges e LEFT JOIN folded f ON f.child = e.parent
WHERE coalesce(f.parent, e.parent) <> e.child
QUALIFY row_number() OVER (PARTITION BY coalesce(f.parent, e.parent), e.child, e.kind, e.event_id ORDER BY e.priority, e.file_id, e.record_no) = 1
ORDER BY e.event_time, e.file_id, e.record_no, e.child;

-- One parent each, by the surest edge; a created key stands for itself, its maker is found by its edge.
CREATE OR REPLACE TEMP TABLE ancestry AS
SELECT child AS session_key, min_by(parent, (priority, event_time, file_id, record_no)) AS root
FROM found_edges WHERE kind NOT IN ('created-key', 'controls', 'grants') AND parent <> child GROUP BY child;
