import type { FindingRow } from '../../shared/contract/findings';
import type { Finding } from '../../shared/model/finding';
import type { Connection } from '../db/database';

const ORDER =
  "list_position(['critical', 'high', 'medium', 'low', 'informational'], severity), first_time, f.finding_id";

/** All findings as the command line gives them, most severe first. */
export function loadFindings(connection: Connection): Promise<Finding[]> {
  return connection.rows<Finding>(`
    SELECT f.finding_id AS id, rule_id AS "ruleId", title, provider, list_distinct(list_concat(techniques, techniques_v18)) AS techniques, tactic, severity, first_time AS first, last_time AS last,
      event_count AS count, coalesce(n.entities, []) AS entities, coalesce(v.ids, []) AS "eventIds"
    FROM findings f
    LEFT JOIN (SELECT finding_id, list({'type': entity_type, 'id': entity_id, 'role': role} ORDER BY role, entity_type, entity_id) AS entities FROM finding_entities GROUP BY finding_id) n USING (finding_id)
    LEFT JOIN (SELECT finding_id, list(event_id ORDER BY event_time, event_id) FILTER (event_id IS NOT NULL) AS ids FROM finding_events GROUP BY finding_id) v USING (finding_id)
    ORDER BY ${ORDER}`);
}

/** All findings as the window and the report show them. */
export function loadFindingRows(connection: Connection): Promise<FindingRow[]> {
  return connection.rows<FindingRow>(`
    SELECT f.finding_id AS id, rule_id AS "ruleId", title, coalesce(description, '') AS description, provider, kind, tactic, techniques, severity,
      coalesce(severity_reason, '') AS "severityReason", principal, source_ip AS "sourceIp", first_time AS first, last_time AS last, event_count AS count,
      m.incident_id AS "incidentId"
    FROM findings f LEFT JOIN (SELECT finding_id, min(incident_id) AS incident_id FROM incident_members GROUP BY finding_id) m USING (finding_id)
    ORDER BY ${ORDER}`);
}
