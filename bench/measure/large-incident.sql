-- What a large incident leaves in an analysis: findings with eight links each. Few principals did most of it (a power of
-- a uniform number leans towards 0); credentials, addresses and tools go with the principal, targets with the title.
-- hash() makes the same of the same numbers, so the same incident comes out each time.
CREATE TEMP TABLE dice AS
SELECT i, hash(i * 7 + 1) / 1.8446744073709552e19 AS u0, hash(i * 7 + 2) / 1.8446744073709552e19 AS u1,
  hash(i * 7 + 3) / 1.8446744073709552e19 AS u2, hash(i * 7 + 4) / 1.8446744073709552e19 AS u3
FROM range(getvariable('findings')) r(i);

CREATE TEMP TABLE made AS
SELECT i, 'made-' || i AS finding_id, u1, u2, u3,
  CAST(floor(60 * pow(u0, 2)) AS INTEGER) AS title,
  CAST(floor(300 * pow(u1, 3)) AS INTEGER) AS actor,
  CASE WHEN u2 < .02 THEN 'critical' WHEN u2 < .12 THEN 'high' WHEN u2 < .45 THEN 'medium' WHEN u2 < .8 THEN 'low' ELSE 'informational' END AS severity,
  1 + CAST(floor(400 * pow(u3, 4)) AS BIGINT) AS event_count
FROM dice;

CREATE TEMP TABLE made_entities AS
SELECT finding_id, entity_type, entity_id, role FROM (
  SELECT finding_id, 'actor' AS role, ['role', 'roleSession', 'user'][1 + actor % 3] AS entity_type,
    'arn:aws:' || ['iam::111122223333:role/', 'sts::111122223333:assumed-role/worker/', 'iam::111122223333:user/'][1 + actor % 3] || 'principal-' || actor AS entity_id FROM made
  UNION ALL SELECT finding_id, 'credential', 'accessKey', 'AKIA' || upper(lpad(to_hex(actor * 4 + CAST(floor(4 * u2) AS INTEGER)), 16, '0')) FROM made
  UNION ALL SELECT finding_id, 'address', 'address', '198.18.' || actor % 250 || '.' || CAST(floor(9 * pow(u3, 2)) AS INTEGER) FROM made
  UNION ALL SELECT finding_id, 'tool', 'userAgent', 'tool/' || (actor * 5 + CAST(floor(2 * u3) AS INTEGER)) % 60 FROM made
  UNION ALL SELECT finding_id, 'account', 'account', CAST(111122223333 + title % 12 AS VARCHAR) FROM made
  UNION ALL SELECT finding_id, 'target', 'bucket', 'data-' || (title * 31 + CAST(floor(60 * u2) AS INTEGER)) % 900 FROM made
  UNION ALL SELECT finding_id, 'target', 'instance', 'i-' || lpad(to_hex((title * 17 + CAST(floor(90 * u3) AS INTEGER)) % 700), 17, '0') FROM made
  UNION ALL SELECT finding_id, 'target', 'role', 'arn:aws:iam::111122223333:role/target-' || (title * 13 + CAST(floor(80 * u1 * u2) AS INTEGER)) % 600 FROM made
);
