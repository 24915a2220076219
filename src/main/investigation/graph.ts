import type { EntityRef } from '../../shared/model/entity';
import type { GraphData, GraphEdge, GraphNode } from '../../shared/model/graph';
import type { TimeRange } from '../../shared/model/time';
import type { Connection } from '../db/database';

const NODES = `
  SELECT 'finding:' || f.finding_id AS key, 'finding' AS kind, 'finding' AS type, f.title AS label, f.severity, f.event_count AS events FROM chosen JOIN findings f USING (finding_id)
  UNION ALL
  SELECT 'entity:' || n.entity_type || ':' || n.entity_id, 'entity', n.entity_type, CASE WHEN n.entity_id LIKE 'arn:%' THEN regexp_extract(n.entity_id, '[^:]+$') ELSE n.entity_id END, NULL, CAST(sum(f.event_count) AS BIGINT)
  FROM chosen JOIN finding_entities n USING (finding_id) JOIN findings f USING (finding_id) GROUP BY 1, 2, 3, 4, 5`;
const EDGES = `
  SELECT n.finding_id || '|' || n.entity_type || '|' || n.entity_id || '|' || n.role AS key,
    CASE WHEN n.role IN ('target', 'account') THEN 'finding:' || n.finding_id ELSE 'entity:' || n.entity_type || ':' || n.entity_id END AS source,
    CASE WHEN n.role IN ('target', 'account') THEN 'entity:' || n.entity_type || ':' || n.entity_id ELSE 'finding:' || n.finding_id END AS target,
    CASE n.role WHEN 'actor' THEN 'did' WHEN 'credential' THEN 'with' WHEN 'address' THEN 'from' WHEN 'tool' THEN 'using' WHEN 'target' THEN 'acted on' ELSE 'in' END AS kind, f.event_count AS events
  FROM chosen JOIN finding_entities n USING (finding_id) JOIN findings f USING (finding_id)`;

async function graphOf(
  connection: Connection,
  chosen: string,
  params: Record<string, string | number | null>,
): Promise<GraphData> {
  const nodes = await connection.rows<GraphNode>(
    `WITH chosen AS (${chosen}) SELECT * FROM (${NODES}) ORDER BY kind, events DESC, key`,
    params,
  );
  const edges = await connection.rows<GraphEdge>(
    `WITH chosen AS (${chosen}) SELECT DISTINCT * FROM (${EDGES}) ORDER BY key`,
    params,
  );
  const keys = new Set(nodes.map((n) => n.key));
  return { nodes, edges: edges.filter((e) => keys.has(e.source) && keys.has(e.target)) };
}

/** Findings and entities of an incident. */
export function incidentGraph(connection: Connection, incidentId: string): Promise<GraphData> {
  return graphOf(connection, 'SELECT finding_id FROM incident_members WHERE incident_id = $id', {
    id: incidentId,
  });
}

/** The findings about an entity and what else they name, latest first. */
export function entityNeighbours(
  connection: Connection,
  entity: EntityRef,
  scope: TimeRange | null,
  limit: number,
): Promise<GraphData> {
  return graphOf(
    connection,
    `SELECT finding_id FROM finding_entities JOIN findings USING (finding_id) WHERE entity_type = $type AND entity_id = $id
       AND ($from IS NULL OR last_time >= CAST($from AS TIMESTAMP)) AND ($to IS NULL OR first_time <= CAST($to AS TIMESTAMP))
     GROUP BY finding_id ORDER BY max(last_time) DESC, finding_id LIMIT CAST($limit AS BIGINT)`,
    { type: entity.type, id: entity.id, from: scope?.from ?? null, to: scope?.to ?? null, limit },
  );
}
