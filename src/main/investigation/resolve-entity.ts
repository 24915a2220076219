import { AppError } from '../../shared/errors/app-error';
import type { EntityRef, EntityType } from '../../shared/model/entity';
import type { Connection } from '../db/database';

/** The entity that an id names: exact, else without case, else the end of an ARN. Errors: `entity.unknown`. */
export async function resolveEntity(connection: Connection, text: string): Promise<EntityRef> {
  const [found] = await connection.rows<{ type: EntityType; id: string }>(
    `SELECT entity_type AS type, entity_id AS id FROM (
       SELECT entity_type, entity_id, events FROM entities UNION ALL SELECT entity_type, entity_id, 0 FROM finding_entities)
     WHERE entity_id = $text OR lower(entity_id) = lower($text) OR ends_with(entity_id, '/' || $text)
     ORDER BY entity_id = $text DESC, lower(entity_id) = lower($text) DESC, events DESC, entity_type LIMIT 1`,
    { text },
  );
  if (!found) throw new AppError('entity.unknown', { id: text });
  return found;
}
