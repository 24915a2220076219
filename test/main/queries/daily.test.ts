import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseDatabase } from '../../../src/main/queries/case-database';
import { queryHandlers } from '../../../src/main/queries/index';
import type { EntityRef } from '../../../src/shared/model/entity';
import { openSampleCase, type SampleCase } from './sample-case';

let sample: SampleCase;
beforeAll(async () => {
  sample = await openSampleCase();
});
afterAll(() => sample.close());

/** The busiest callers, and scopes that cut days and hours. */
async function subjects(): Promise<{ entity: EntityRef; scope: { from: string; to: string } }[]> {
  const { principals } = await sample.call('summary/get', { scope: null });
  const [first] = principals;
  const { scope } = await sample.call('entity/profile', {
    entity: { type: first!.type, id: first!.id },
    scope: null,
  });
  const at = (share: number): string =>
    new Date(Date.parse(scope.from) + share * (Date.parse(scope.to) - Date.parse(scope.from))).toISOString();
  const scopes = [
    { from: at(0.4), to: at(0.9) },
    { from: at(0.71), to: at(0.74) },
    { from: at(0.5), to: at(0.5001) },
    scope,
  ];
  return principals
    .slice(0, 5)
    .flatMap(({ type, id }) => scopes.map((one) => ({ entity: { type, id }, scope: one })));
}

const COLUMNS = `principal, source_ip, event_source, event_name, is_service,
  CAST(sum(succeeded) AS BIGINT) AS succeeded, CAST(sum(failed) AS BIGINT) AS failed, min(first_time) AS first, max(last_time) AS last`;

describe('daily counts', () => {
  it('are the sums of the hours', async () => {
    const rows = (text: string) => sample.database.ask(({ connection }) => connection.rows(text));
    const days = await rows(`SELECT day, ${COLUMNS} FROM daily_activity GROUP BY ALL ORDER BY ALL`);
    expect(days.length).toBeGreaterThan(100);
    expect(days).toEqual(
      await rows(`SELECT CAST(hour AS DATE) AS day, ${COLUMNS} FROM activity GROUP BY ALL ORDER BY ALL`),
    );
  });

  it('rate as new what calls in the scope show and calls of the days before do not', async () => {
    let rated = 0;
    for (const { entity, scope } of await subjects()) {
      // Hours count whole.
      const from = `${scope.from.slice(0, 13)}:00:00Z`;
      const to = `${scope.to.slice(0, 13)}:59:59.999999Z`;
      const { rows } = await sample.call('entity/new-behaviour', { entity, scope: { from, to } });
      for (const row of rows.filter(({ kind }) => kind === 'new-api' || kind === 'new-bucket')) {
        const value = row.kind === 'new-api' ? "event_source || ':' || event_name" : 'bucket';
        const told = await sample.database.ask(({ connection }) =>
          connection.row(
            `SELECT count(*) FILTER (inside AND error_code IS NULL) AS succeeded, count(*) FILTER (inside AND error_code IS NOT NULL) AS failed,
               min(event_time) FILTER (inside) AS first, max(event_time) FILTER (inside) AS last, count(*) FILTER (event_time < CAST($from AS TIMESTAMP)) AS before
             FROM (SELECT *, event_time >= CAST($from AS TIMESTAMP) AS inside FROM calls
               WHERE principal = $id AND ${value} = $value AND NOT is_service AND event_time <= CAST($to AS TIMESTAMP) AND event_time >= CAST($from AS TIMESTAMP) - INTERVAL 14 DAY)`,
            { id: row.principal, value: row.value, from, to },
          ),
        );
        const { succeeded, failed, first, last } = row;
        expect(told).toEqual({ succeeded, failed, first, last, before: 0 });
        rated += 1;
      }
    }
    expect(rated).toBeGreaterThan(10);
  });

  it('are counted when asked for, where an earlier run has not written them', async () => {
    const asked = await subjects();
    const read = async (database: CaseDatabase): Promise<unknown[]> => {
      const answers: unknown[] = [];
      for (const request of asked) {
        answers.push(
          await database.ask((context) => queryHandlers['entity/new-behaviour'](context, request)),
        );
        answers.push(await database.ask((context) => queryHandlers['entity/profile'](context, request)));
      }
      return answers;
    };
    const written = await read(sample.database);
    const run = await sample.caseFolder.currentRun();
    for (const table of ['daily_activity', 'daily_aims']) await rm(join(run!, `${table}.parquet`));
    const database = await CaseDatabase.open(sample.caseFolder);
    try {
      expect(await read(database)).toEqual(written);
    } finally {
      database.close();
    }
  });
});
