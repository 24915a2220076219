import type { AnalysisContext } from '../case/analysis-context';
import activitySql from './activity.sql?raw';
import callsSql from './calls.sql?raw';
import entitiesSql from './entities.sql?raw';
import flowActivitySql from './flow-activity.sql?raw';

/** Creates calls, activity, flow_activity and entities (evidence/derived.sql) from the evidence. */
export async function buildEntities({ connection, progress, signal }: AnalysisContext): Promise<void> {
  const steps = [callsSql, activitySql, flowActivitySql, entitiesSql];
  for (const [i, statement] of steps.entries()) {
    progress('Entities and activity', i / steps.length);
    await connection.run(statement, undefined, signal ? { signal } : {});
  }
}
