import { locateAddresses } from '../../../src/main/baselines/geography';
import type { Database } from '../../../src/main/db/database';
import { buildEntities } from '../../../src/main/entities';
import { emptyDerived, evidenceDatabase, type Evidence } from '../../support/evidence';

/** An in-memory case as the detections step finds it: evidence imported, entities built, addresses located. */
export async function caseWith(evidence: Evidence): Promise<Database> {
  const database = await evidenceDatabase(evidence);
  await emptyDerived(database.main);
  await buildEntities({ connection: database.main, baselineDays: 14, progress: () => undefined });
  await locateAddresses(database.main);
  return database;
}
