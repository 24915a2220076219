import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coldtrail, json, workplace, type Workplace } from './coldtrail';

let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

const query = async <T>(sql: string): Promise<T[]> =>
  json<T[]>(['query', '--case', place.caseDir, '--sql', sql, '--json']);
const on = (...args: string[]): string[] => [...args, '--case', place.caseDir];

describe('group', () => {
  it('takes a finding out of its incident, lists the decision, and takes it back', async () => {
    const [member] = await query<{ id: string; incident: string }>(
      'SELECT finding_id AS id, incident_id AS incident FROM incident_members ORDER BY finding_id LIMIT 1',
    );
    const id = member?.id ?? '';
    const cut = await coldtrail(on('group', 'cut', id, '--why', 'a drill', '--json'));
    expect([cut.code, cut.err]).toEqual([0, expect.any(String)]);
    const where = `SELECT incident_id AS incident FROM incident_members WHERE finding_id = '${id}'`;
    expect(await query(where)).not.toEqual([{ incident: member?.incident }]);
    const listed = await json<{ decision: string }>(on('group', 'list', '--json'));
    expect(listed).toMatchObject({ kind: 'apart', a: id, b: '', why: 'a drill' });
    expect((await coldtrail(on('group', 'undo', listed.decision))).code).toBe(0);
    expect(await query(where)).toEqual([{ incident: member?.incident }]);
  });

  it('refuses a finding that is none, and words that are no decision', async () => {
    expect((await coldtrail(on('group', 'join', 'a', 'b'))).code).toBe(1);
    expect((await coldtrail(on('group', 'join', 'a'))).code).toBe(2);
  });
});

describe('remove', () => {
  it('takes a file out with its records and findings', async () => {
    const [file] = await query<{ path: string; records: number }>(
      "SELECT path, records::INTEGER AS records FROM files WHERE source = 'cloudtrail' ORDER BY records DESC LIMIT 1",
    );
    const count = 'SELECT count(*)::INTEGER AS n FROM events_all';
    const [before] = await query<{ n: number }>(count);
    const removed = await json<object>(on('remove', '--file', file?.path ?? '', '--json'));
    expect(removed).toMatchObject({ path: file?.path, source: 'cloudtrail' });
    expect(await query(count)).toEqual([{ n: (before?.n ?? 0) - (file?.records ?? 0) }]);
  });

  it('refuses what the case does not hold', async () => {
    expect((await coldtrail(on('remove', '--file', '/no/such.json'))).code).toBe(2);
    expect((await coldtrail(on('remove'))).code).toBe(2);
  });
});
