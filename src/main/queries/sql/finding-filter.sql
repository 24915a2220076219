(CAST($severity AS VARCHAR) IS NULL OR severity = $severity)
AND ($filter = '' OR id = $filter OR contains(lower(concat_ws(' ', title, description, "ruleId", provider, tactic, principal, "sourceIp", array_to_string(techniques, ' '))), lower($filter)))
