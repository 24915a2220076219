import { AppError } from '../../../shared/errors/app-error';
import type { EntityRef } from '../../../shared/model/entity';
import type { Connection } from '../../db/database';
import { loadIncidents } from '../load';

/** Kinds of entity that an incident's batch investigates: who and what acted, and what runs with rights. */
const KINDS = new Set([
  'role',
  'user',
  'federatedUser',
  'roleSession',
  'accessKey',
  'address',
  'instance',
  'kubernetesSubject',
]);

/** Those that a batch over an incident investigates, most records first. Errors: `incident.unknown`. */
export async function actingIn(connection: Connection, incidentId: string): Promise<EntityRef[]> {
  const incident = (await loadIncidents(connection)).find((i) => i.id === incidentId);
  if (!incident) throw new AppError('incident.unknown', { id: incidentId });
  return incident.entities.filter((e) => KINDS.has(e.type)).map(({ type, id }) => ({ type, id }));
}
