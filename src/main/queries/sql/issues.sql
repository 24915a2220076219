SELECT i.file_id, f.path, f.source, f.state, i.code, i.record_no, i.byte_offset, i.detail, i.sample
FROM issues i LEFT JOIN files f USING (file_id)
