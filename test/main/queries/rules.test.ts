import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSampleCase, type SampleCase } from './sample-case';

let sample: SampleCase;
beforeAll(async () => {
  sample = await openSampleCase();
});
afterAll(() => sample.close());

describe('the rules of a case', () => {
  it('are all there, each with the findings that rest on it and the records behind them', async () => {
    const rules = await sample.call('rules/list', null);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    const { rows } = await sample.call('findings/list', {
      severity: null,
      filter: '',
      page: { offset: 0, limit: 1000 },
      sort: null,
    });
    const found = rules.filter(({ findings }) => findings > 0);
    expect(found.length).toBeGreaterThan(3);
    for (const { ruleId } of rows) {
      const rule = rules.find(({ id }) => id === ruleId);
      if (rule) expect([ruleId, rule.findings > 0]).toEqual([ruleId, true]);
    }
    for (const rule of found.slice(0, 5)) {
      const { findingIds, text } = await sample.call('rules/get', { id: rule.id });
      expect(findingIds.length).toBe(rule.findings);
      expect(text).not.toBe('');
      const list = findingIds.map((id) => `'${id}'`).join(', ');
      const { columns } = await sample.call('sql/run', {
        text: `SELECT count(*) FROM (SELECT DISTINCT source, file_id, record_no FROM finding_events WHERE finding_id IN (${list}))`,
        limit: 1,
      });
      expect([rule.id, columns[0]?.[0]]).toEqual([rule.id, rule.records]);
      for (const id of findingIds) {
        const { finding, sources } = await sample.call('findings/get', { id });
        expect([finding.ruleId, ...sources.map(({ ruleId }) => ruleId)]).toContain(rule.id);
      }
    }
  });

  it('know nothing of a rule that is not there', async () => {
    expect(await sample.call('rules/get', { id: 'nothing' })).toEqual({ text: '', sql: '', findingIds: [] });
  });
});
