-- The records of a page, each with what its source says: columns of incidents/timeline.
SELECT p.event_time, p.source, p.file_id, p.record_no, p.event_id, p.principal, p.source_ip, p.event_source, p.event_name,
  p.error_code, p.aws_region, p.account_id, coalesce(t.titles, []) AS finding_titles
FROM (
  SELECT k.event_time, k.source, k.file_id, k.record_no, c.event_id, c.principal, c.source_ip, c.event_source, c.event_name,
    c.error_code, c.aws_region, c.account_id
  FROM page k JOIN calls c USING (file_id, record_no) WHERE k.source = 'cloudtrail'
  UNION ALL
  SELECT k.event_time, k.source, k.file_id, k.record_no, NULL, f.interface_id, f.srcaddr, 'vpc-flow',
    concat(f.action, ' ', CASE f.protocol WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' WHEN 1 THEN 'icmp' ELSE concat('protocol ', f.protocol) END,
      ' to ', f.dstaddr, ':', f.dstport),
    CASE WHEN f.action = 'REJECT' THEN 'REJECT' END, f.aws_region, f.account_id
  FROM page k JOIN flows f USING (file_id, record_no) WHERE k.source = 'vpc-flow'
  UNION ALL
  SELECT k.event_time, k.source, k.file_id, k.record_no, g.finding_id, NULL, NULL, g.provider, g.type, NULL, g.aws_region, g.account_id
  FROM page k JOIN provider_findings g USING (file_id, record_no) WHERE k.source NOT IN ('cloudtrail', 'vpc-flow')
) p LEFT JOIN (
  SELECT e.source, e.file_id, e.record_no, list(DISTINCT f.title ORDER BY f.title) AS titles
  FROM page k JOIN finding_events e USING (source, file_id, record_no) JOIN findings f USING (finding_id) GROUP BY ALL
) t USING (source, file_id, record_no)
ORDER BY p.event_time, p.source, p.file_id, p.record_no
