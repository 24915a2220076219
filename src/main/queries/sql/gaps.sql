SELECT g.*, f.name AS file FROM coverage_gaps g LEFT JOIN files f USING (file_id)
