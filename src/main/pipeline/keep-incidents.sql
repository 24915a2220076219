-- kept: the incidents of the run before that hold the same findings by the same links. They need no new answers: their
-- findings are taken out here, and what the run before says of them is put in again at the end.
CREATE OR REPLACE TEMP TABLE kept AS
WITH now_members AS (
  SELECT incident_id, list(finding_id ORDER BY finding_id) AS findings FROM incident_members GROUP BY incident_id
), old_members AS (
  SELECT incident_id, list(finding_id ORDER BY finding_id) AS findings FROM old_incident_members GROUP BY incident_id
), now_links AS (
  SELECT incident_id, list((a, b, weight) ORDER BY a, b) AS links FROM group_edges JOIN incident_members ON finding_id = a GROUP BY incident_id
), old_links AS (
  SELECT incident_id, list((a, b, weight) ORDER BY a, b) AS links FROM old_group_edges JOIN old_incident_members ON finding_id = a GROUP BY incident_id
)
SELECT incident_id FROM now_members n JOIN old_members o USING (incident_id, findings)
  LEFT JOIN now_links nl USING (incident_id) LEFT JOIN old_links ol USING (incident_id)
WHERE nl.links IS NOT DISTINCT FROM ol.links;
DELETE FROM incident_members WHERE incident_id IN (SELECT incident_id FROM kept)
