-- Addresses that are the intruder's alone: of a grave strand of incident $id on a network new to its credential, which no
-- credential used before that strand began, and only a few since. Whatever comes from there is the intruder's, with
-- whichever credential.
SELECT c.source_ip
FROM strand_calls c JOIN (
  SELECT x.source_ip, min(s.hostile_from) AS began FROM incident_strands s JOIN strand_calls x USING (strand)
  WHERE s.incident_id = $id AND s.standing = 'novel' AND s.worst >= 7 AND s.ip_class = 'public' GROUP BY x.source_ip) h USING (source_ip)
GROUP BY c.source_ip HAVING min(c.event_time) >= min(h.began) AND count(DISTINCT c.root) <= 8
