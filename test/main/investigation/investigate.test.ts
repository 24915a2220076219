import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { investigateEntity } from '../../../src/main/investigation/investigate/index';
import { loadIncidents } from '../../../src/main/investigation/load';
import { getInvestigation, investigationDetail } from '../../../src/main/investigation/saved/aws-shape';
import { compareKept } from '../../../src/main/investigation/saved/compare';
import { inShort, keep, listKept, readKept, setState } from '../../../src/main/investigation/saved/store';
import { Investigation } from '../../../src/shared/contract/investigation';
import type { EntityRef } from '../../../src/shared/model/entity';
import type { Incident } from '../../../src/shared/model/incident';
import * as v from 'valibot';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

let sample: SampleCase;
let incident: Incident;
beforeAll(async () => {
  sample = await openSampleCase();
  const [first] = await sample.database.ask(({ connection }) => loadIncidents(connection));
  if (!first) throw new Error('the sample has no incident');
  incident = first;
});
afterAll(() => sample.close());

const run = (entity: EntityRef, scope: { from: string; to: string } | null = null) =>
  sample.database.ask(({ connection }) => investigateEntity(connection, { entity, scope }));
const count = (sql: string, params: Record<string, string>) =>
  sample.database.ask(({ connection }) => connection.row<{ n: number }>(sql, params));
function acting(...types: string[]): EntityRef {
  const found = incident.entities.find((e) => types.includes(e.type) && e.role !== 'target');
  if (!found) throw new Error(`no ${types.join(' or ')} acts in the incident`);
  return { type: found.type, id: found.id };
}
const principal = () => acting('user', 'role');
/** Indicator type -> the column of calls that it looks at. */
const COLUMN: Readonly<Record<string, string>> = {
  NEW_USER_AGENT: 'ua_family',
  NEW_NETWORK: 'source_net',
  NEW_REGION: 'aws_region',
  NEW_SERVICE: 'event_source',
};

describe('an investigation', () => {
  it('answers for every entity of an incident as the contract says', async () => {
    for (const { type, id } of incident.entities) {
      const report = await run({ type, id });
      expect(v.safeParse(Investigation, report).success).toBe(true);
      expect(report.incidents).toContain(incident.id);
      expect(report.relatedGroups.map((g) => g.id)).toContain(incident.id);
    }
  });

  it('gives the details of an indicator the keys that AWS gives them', async () => {
    const details = new Map<string, string[]>();
    for (const { type, id } of incident.entities)
      for (const i of (await run({ type, id })).indicators) details.set(i.type, Object.keys(i.detail));
    const detail = (type: string) => details.get(type) ?? [];
    expect(detail('TTP_OBSERVED')).toEqual([
      'Tactic',
      'Technique',
      'Procedure',
      'IpAddress',
      'APIName',
      'APISuccessCount',
      'APIFailureCount',
    ]);
    expect(detail('FLAGGED_IP_ADDRESS')).toEqual(expect.arrayContaining(['IpAddress', 'Reason']));
    expect(detail('RELATED_FINDING')).toEqual(['Arn', 'Type', 'IpAddress']);
    expect(detail('RELATED_FINDING_GROUP')).toEqual(['Id']);
  });

  it('calls new only what no call of the days before shows, and cites its first record', async () => {
    let checked = 0;
    const busiest = await sample.database.ask(({ connection }) =>
      connection.rows<EntityRef & { from: string; to: string }>(
        `SELECT entity_type AS type, entity_id AS id, last_seen - INTERVAL 2 DAY AS "from", last_seen AS "to" FROM entities
         WHERE entity_type IN ('user', 'role') ORDER BY events DESC, id LIMIT 6`,
      ),
    );
    for (const { type, id, from, to } of busiest) {
      const { comparedFrom, indicators } = await run({ type, id }, { from, to });
      for (const { type: kind, detail, exhibits } of indicators) {
        const column = COLUMN[kind];
        if (column === undefined) continue;
        const value = String(detail['UserAgent'] ?? detail['Value']);
        const { n } = await count(
          `SELECT count(*) AS n FROM calls WHERE ${column} = $value AND event_time < CAST($from AS TIMESTAMP)
             AND event_time >= CAST($from AS TIMESTAMP) - INTERVAL 14 DAY AND NOT is_service AND principal = $id`,
          { value, from: comparedFrom, id },
        );
        expect([kind, value, n]).toEqual([kind, value, 0]);
        expect(exhibits).toHaveLength(1);
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(0);
  });

  it('counts what was reached as the records do', async () => {
    const { reach, entity, comparedFrom, scope, lineage } = await run(principal());
    const buckets = reach.resources.filter((r) => r.type === 'bucket');
    const keys = JSON.stringify(lineage.down.map((s) => s.credential));
    for (const bucket of buckets) {
      const { n } = await count(
        `SELECT count(*) AS n FROM calls WHERE bucket = $bucket AND NOT is_service AND event_time BETWEEN CAST($from AS TIMESTAMP) AND CAST($to AS TIMESTAMP)
         AND (principal = $id OR session_key IN (SELECT unnest(from_json(CAST($keys AS JSON), '["VARCHAR"]'))))`,
        { bucket: bucket.id, from: comparedFrom, to: scope.to, id: entity.id, keys },
      );
      expect([bucket.id, bucket.reads + bucket.writes + bucket.refused]).toEqual([bucket.id, n]);
    }
    expect(reach.total).toBeGreaterThan(0);
    const suspect = reach.resources.map((r) => r.suspect > 0);
    expect(suspect).toEqual([...suspect].sort((a, b) => Number(b) - Number(a)));
  });

  it('recommends others, each with a reason', async () => {
    const entity = acting('address');
    const { recommended } = await run(entity);
    expect(recommended.length).toBeGreaterThan(2);
    for (const { id, reason } of recommended) {
      expect(id).not.toBe(entity.id);
      expect(reason).not.toBe('');
    }
  });

  it('takes the severity of an incident in which it acts, and says so', async () => {
    const { severity, severityReasons } = await run(acting('address'));
    expect(severity).toBe(incident.severity);
    expect(severityReasons.join('; ')).toContain(`incident of severity ${incident.severity}`);
  });

  it('finds nothing new or reached in a time without calls', async () => {
    const scope = { from: '2001-01-01T00:00:00.000000Z', to: '2001-01-02T00:00:00.000000Z' };
    const report = await run(principal(), scope);
    expect(report.ttps).toEqual([]);
    expect(report.indicators.filter((i) => i.type !== 'RELATED_FINDING_GROUP')).toEqual([]);
    expect(report.reach).toEqual({ accounts: [], total: 0, resources: [] });
  });
});

describe('kept investigations', () => {
  it('are listed, archived, compared and given in the shape of AWS', async () => {
    const { caseFolder } = sample;
    const [address, user] = [await run(acting('address')), await run(principal())];
    const first = await keep(caseFolder, address, '2024-05-01T10:00:00.000Z');
    const second = await keep(caseFolder, user, '2024-05-01T11:00:00.000Z');
    expect((await listKept(caseFolder)).map((k) => k.id)).toEqual([second.id, first.id]);
    expect((await setState(caseFolder, first.id, 'ARCHIVED')).state).toBe('ARCHIVED');
    expect(await readKept(caseFolder, first.id)).toEqual({ ...first, state: 'ARCHIVED' });
    await expect(readKept(caseFolder, '../case')).rejects.toThrow('no investigation');

    expect(investigationDetail(inShort(second))).toMatchObject({
      InvestigationId: expect.stringMatching(/^\d{21}$/) as string,
      EntityType: user.entity.type === 'user' ? 'IAM_USER' : 'IAM_ROLE',
      Severity: user.severity.toUpperCase(),
      State: 'ACTIVE',
      Status: 'SUCCESSFUL',
    });
    const told = getInvestigation(first, 'case') as { Indicators: { IndicatorDetail: object }[] };
    expect(told.Indicators).toHaveLength(address.indicators.length);
    expect(Object.keys(told.Indicators[0]?.IndicatorDetail ?? {})).toEqual(['TTPsObservedDetail']);

    expect(compareKept(first, first).differences).toEqual([]);
    const { differences, same } = compareKept(first, second);
    expect(differences.length).toBeGreaterThan(0);
    expect(same).toBeGreaterThan(0);
    for (const { before, after } of differences) expect(before).not.toBe(after);
  });
});
