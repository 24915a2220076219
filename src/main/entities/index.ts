import type { AnalysisContext } from '../case/analysis-context';
import { DAILY } from '../evidence/daily';
import activitySql from './activity.sql?raw';
import addressesSql from './addresses.sql?raw';
import agentsSql from './agents.sql?raw';
import callsSql from './calls.sql?raw';
import entitiesSql from './entities.sql?raw';
import flowActivitySql from './flow-activity.sql?raw';
import hostsSql from './hosts.sql?raw';
import interfacesSql from './interfaces.sql?raw';
import loggedSql from './logged.sql?raw';
import resourceAddressesSql from './resource-addresses.sql?raw';
import resourcesSql from './resources.sql?raw';
import usersSql from './users.sql?raw';

/** In order, with the usual share of the time. The first ones are look-ups of distinct texts that the others join. */
const STATEMENTS: readonly (readonly [statement: string, weight: number])[] = [
  [agentsSql, 4],
  [addressesSql, 3],
  [usersSql, 3],
  [callsSql, 45],
  [activitySql, 15],
  ...Object.entries(DAILY).map(
    ([table, select]) => [`CREATE OR REPLACE TABLE ${table} AS ${select}`, 2] as const,
  ),
  [resourcesSql, 1],
  [resourceAddressesSql, 1],
  [hostsSql, 5],
  [interfacesSql, 5],
  [flowActivitySql, 10],
  [loggedSql, 5],
  [entitiesSql, 10],
];
const LOOKUPS = ['agents', 'addresses', 'named_users', 'told_hosts', 'interfaces', 'logged_entities'];

/** Creates calls, activity, daily_activity, daily_aims, flow_activity and entities (evidence/derived.sql) from the evidence. */
export async function buildEntities({ connection, progress, signal }: AnalysisContext): Promise<void> {
  const total = STATEMENTS.reduce((sum, [, weight]) => sum + weight, 0);
  let done = 0;
  for (const [statement, weight] of STATEMENTS) {
    progress('Entities and activity', done / total);
    await connection.run(statement, undefined, signal ? { signal } : {});
    done += weight;
  }
  for (const name of LOOKUPS) await connection.run(`DROP TABLE ${name}`);
}
