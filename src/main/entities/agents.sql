-- One row per distinct user agent: its family is product and platform without versions, builds and ids, and with the
-- names of attack distributions and tools kept (methods 1c). Worked out once per distinct text, not once per record.
CREATE OR REPLACE TEMP TABLE agents AS
WITH texts AS (
  SELECT DISTINCT user_agent FROM events WHERE user_agent <> ''
), tokens AS (
  SELECT user_agent, lower(user_agent) AS low, ltrim(replace(replace(user_agent, '[', ''), ']', '')) AS bare FROM texts
), products AS (
  SELECT user_agent, low,
    CASE
      WHEN ltrim(low, '[') LIKE 'stratus-red-team%' THEN 'stratus-red-team'
      WHEN regexp_full_match(low, '[a-z0-9.-]+\.amazonaws\.com') OR low = 'aws internal' THEN low
      WHEN contains(low, 's3console') OR contains(low, ' console,') OR low LIKE 'aws-console%' OR contains(low, 'aws-internal/') THEN 'aws-console'
      WHEN contains(low, 'terraform') THEN 'terraform'
      WHEN contains(low, 'pulumi') THEN 'pulumi'
      WHEN contains(low, 'opentofu') THEN 'opentofu'
      WHEN bare LIKE 'Mozilla/%' THEN 'browser ' || CASE
        WHEN regexp_matches(low, 'edga?/|edgios/') THEN 'edge'
        WHEN contains(low, 'opr/') THEN 'opera'
        WHEN contains(low, 'firefox/') OR contains(low, 'fxios/') THEN 'firefox'
        WHEN contains(low, 'chrome/') OR contains(low, 'crios/') OR contains(low, 'chromium/') THEN 'chrome'
        WHEN contains(low, 'safari/') THEN 'safari'
        ELSE 'other' END
      WHEN contains(low, 'amazon-ssm-agent') THEN 'amazon-ssm-agent'
      WHEN contains(low, 'boto3/') THEN 'boto3'
      WHEN low LIKE 'aws-sdk-go-v2/%' THEN 'aws-sdk-go-v2'
      ELSE coalesce(nullif(left(regexp_replace(regexp_extract(lower(bare), '^[^/ ,;()]+'), '[-_ ]?(v?\d+(\.\d+)+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+|[0-9a-f]{16,})$', ''), 60), ''), 'other')
    END AS product
  FROM tokens
)
SELECT user_agent, concat_ws(' ', product,
    CASE WHEN product LIKE '%.amazonaws.com' OR product IN ('aws internal', 'aws-console', 'stratus-red-team') THEN NULL
      WHEN contains(low, 'cloudshell') THEN 'cloudshell'
      WHEN contains(low, 'aws_lambda') THEN 'lambda'
      WHEN contains(low, 'aws_ecs') THEN 'ecs'
      WHEN contains(low, 'android') THEN 'android'
      WHEN regexp_matches(low, 'iphone|ipad|\bios/') THEN 'ios'
      WHEN regexp_matches(low, 'darwin|mac ?os') THEN 'macos'
      WHEN regexp_matches(low, 'windows|win32|win64') THEN 'windows'
      WHEN contains(low, 'linux') THEN 'linux'
    END,
    CASE WHEN product <> 'stratus-red-team' THEN nullif(regexp_extract(low, '\b(kali|stratus-red-team|parrot|pentoo|blackarch|pacu|cloudfox|scoutsuite|prowler|enumerate-iam|trufflehog|sqlmap|nuclei)', 1), '') END
  ) AS ua_family
FROM products
