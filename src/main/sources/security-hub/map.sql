-- raw(file_id, record_no, r) -> provider_findings, for findings in ASFF
-- (https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html).
WITH parsed AS (
  SELECT file_id, record_no, r,
    from_json(r, '{"Id":"VARCHAR","ProductArn":"VARCHAR","ProductName":"VARCHAR","AwsAccountId":"VARCHAR","Region":"VARCHAR","Title":"VARCHAR","Description":"VARCHAR",
      "Types":"JSON","CreatedAt":"VARCHAR","UpdatedAt":"VARCHAR","FirstObservedAt":"VARCHAR","LastObservedAt":"VARCHAR","Severity":"JSON","FindingProviderFields":"JSON",
      "ProductFields":"JSON","Resources":"JSON","RecordState":"VARCHAR","Workflow":"JSON","Compliance":"JSON","GeneratorId":"VARCHAR"}') AS f,
    json_merge_patch(r, '{"Id":null,"AwsAccountId":null,"Region":null,"Title":null,"Description":null,"CreatedAt":null,"UpdatedAt":null,"FirstObservedAt":null,"LastObservedAt":null,"Resources":null,"ProductFields":null}') AS rest
  FROM raw
), named AS (
  SELECT *,
    coalesce(nullif(regexp_extract(f.ProductArn, ':product/aws/([^/]+)$', 1), ''), lower(replace(f.ProductName, ' ', ''))) AS product,
    coalesce(f.FindingProviderFields ->> '$.Types[0]', f.Types ->> '$[0]') AS kind,
    coalesce(f.Severity ->> '$.Label', f.FindingProviderFields ->> '$.Severity.Label') AS label,
    coalesce(TRY_CAST(f.Severity ->> '$.Normalized' AS DOUBLE) / 10, TRY_CAST(f.Severity ->> '$.Product' AS DOUBLE)) AS score,
    TRY_CAST(f.CreatedAt AS TIMESTAMPTZ)::TIMESTAMP AS created, TRY_CAST(f.UpdatedAt AS TIMESTAMPTZ)::TIMESTAMP AS updated,
    TRY_CAST(f.FirstObservedAt AS TIMESTAMPTZ)::TIMESTAMP AS seen_first, TRY_CAST(f.LastObservedAt AS TIMESTAMPTZ)::TIMESTAMP AS seen_last
  FROM parsed
), provided AS (
  SELECT *, CASE product WHEN 'guardduty' THEN 'guardduty' WHEN 'inspector' THEN 'inspector' WHEN 'macie' THEN 'macie' WHEN 'access-analyzer' THEN 'access-analyzer'
    WHEN 'iamaccessanalyzer' THEN 'access-analyzer' WHEN 'config' THEN 'config' WHEN 'health' THEN 'health' WHEN 'firewall-manager' THEN 'firewall-manager' ELSE 'security-hub' END AS provider
  FROM named
)
SELECT file_id, record_no, hash(r) AS content_hash, provider,
  -- GuardDuty's own id, so that a finding of its export and the same one of Security Hub are one finding
  CASE provider WHEN 'guardduty' THEN coalesce(nullif(regexp_extract(f.Id, '/finding/([^/]+)$', 1), ''), f.Id) ELSE f.Id END AS finding_id,
  CASE WHEN f.Id LIKE 'arn:%' THEN f.Id END AS finding_arn,
  -- `TTPs/Discovery/Recon:EC2-PortProbeUnprotectedPort` is GuardDuty's `Recon:EC2/PortProbeUnprotectedPort`
  CASE WHEN provider = 'guardduty' AND contains(kind, ':') THEN regexp_replace(regexp_extract(kind, '[^/]*:.*$'), '^([^:]+:[^-/]+)-', '\1/') ELSE kind END AS type,
  f.Title AS title, f.Description AS description,
  coalesce(score, CASE label WHEN 'CRITICAL' THEN 9.0 WHEN 'HIGH' THEN 7.0 WHEN 'MEDIUM' THEN 4.0 WHEN 'LOW' THEN 1.0 WHEN 'INFORMATIONAL' THEN 0.0 END) AS severity_score,
  f.AwsAccountId AS account_id, coalesce(f.Region, f.Resources ->> '$[0].Region', nullif(split_part(f.ProductArn, ':', 4), '')) AS aws_region,
  created AS created_at, coalesce(updated, created, seen_last, seen_first) AS updated_at, coalesce(seen_first, created, updated) AS first_seen,
  coalesce(seen_last, updated, created) AS last_seen,
  TRY_CAST(f.ProductFields ->> '$."aws/guardduty/service/count"' AS BIGINT) AS count,
  coalesce(f.RecordState = 'ARCHIVED', false) OR coalesce((f.Workflow ->> '$.Status') IN ('RESOLVED', 'SUPPRESSED'), false)
    OR coalesce((f.Compliance ->> '$.Status') = 'PASSED', false) AS archived,
  f.Resources AS resource, f.ProductFields AS service, CAST(nullif(CAST(rest AS VARCHAR), '{}') AS JSON) AS extra
FROM provided
