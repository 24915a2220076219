-- What the credential report says of the user $id: MFA, password, keys with their age and last use at the end of the case.
WITH ends AS (
  SELECT max(last_time) AS ended FROM activity
), latest AS (
  SELECT c.* FROM iam_credential_report c JOIN files f USING (file_id) WHERE arn = $id ORDER BY f.modified DESC, file_id DESC, record_no DESC LIMIT 1
), keys AS (
  SELECT 1 AS n, access_key_1_active AS active, access_key_1_last_rotated AS made, access_key_1_last_used_date AS used, access_key_1_last_used_region AS region, access_key_1_last_used_service AS service FROM latest
  UNION ALL SELECT 2, access_key_2_active, access_key_2_last_rotated, access_key_2_last_used_date, access_key_2_last_used_region, access_key_2_last_used_service FROM latest
), told AS (
  SELECT string_agg('access key ' || n || CASE WHEN active THEN ' active' ELSE ' inactive' END || coalesce(', made ' || strftime(made, '%Y-%m-%d') || CASE WHEN ended > made THEN ' (' || date_diff('day', made, ended) || ' days old at the last record)' ELSE '' END, '')
      || coalesce(', last used ' || strftime(used, '%Y-%m-%d') || ' for ' || service || ' in ' || region, ', never used as far as AWS knows'), '; ' ORDER BY n) AS keys
  FROM keys, ends WHERE active OR made IS NOT NULL
)
SELECT concat_ws('; ', 'Credential report: MFA ' || CASE WHEN mfa_active THEN 'active' ELSE 'not active' END,
    'password ' || CASE WHEN password_enabled THEN 'enabled' ELSE 'not enabled' END || coalesce(', last used ' || strftime(password_last_used, '%Y-%m-%d %H:%M:%S UTC'), ''), t.keys) || '.' AS text,
  'credential-report' AS source, file_id AS "fileId", record_no AS "recordNo"
FROM latest, told t
