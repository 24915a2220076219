import { bookOf, listRules, ruleSql, ruleText } from '../detections/index';
import type { Connection } from '../db/database';
import type { QueryHandlers } from './handlers';
import ruleMatchesSql from './sql/rule-matches.sql?raw';

interface Matches {
  readonly ruleId: string;
  readonly findingIds: readonly string[];
  readonly records: number;
}

/** The rules that a case knows, and what they found in it. */
export const ruleQueries: QueryHandlers<'rules/list' | 'rules/get'> = {
  'rules/list': async ({ connection, caseFolder }) => {
    const matches = await matchesOf(connection);
    return listRules(await bookOf(caseFolder.path)).map((rule) => {
      const found = matches.get(rule.id);
      return {
        ...rule,
        techniques: [...rule.techniques],
        findings: found?.findingIds.length ?? 0,
        records: found?.records ?? 0,
      };
    });
  },
  'rules/get': async ({ connection, caseFolder }, { id }) => {
    const book = await bookOf(caseFolder.path);
    const findingIds = (await matchesOf(connection)).get(id)?.findingIds ?? [];
    return { text: ruleText(id, book), sql: ruleSql(id, book), findingIds: [...findingIds] };
  },
};

async function matchesOf(connection: Connection): Promise<Map<string, Matches>> {
  return new Map((await connection.rows<Matches>(ruleMatchesSql)).map((row) => [row.ruleId, row]));
}
