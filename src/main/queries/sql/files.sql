SELECT * FROM files
WHERE (CAST($state AS VARCHAR) IS NULL OR state = $state)
  AND ($filter = '' OR contains(lower(path), lower($filter)) OR contains(lower(coalesce(reason, '')), lower($filter))
    OR starts_with(sha256, lower($filter)))
