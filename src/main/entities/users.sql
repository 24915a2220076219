-- ARNs of users whose name records give together: some sign-in records have the name only.
CREATE OR REPLACE TEMP TABLE named_users AS
SELECT user_identity_account_id AS account_id, user_identity_user_name AS user_name, min(user_identity_arn) AS arn
FROM events
WHERE user_identity_type = 'IAMUser' AND user_identity_arn IS NOT NULL AND user_identity_user_name IS NOT NULL
GROUP BY ALL
