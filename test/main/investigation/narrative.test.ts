import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadIncidents } from '../../../src/main/investigation/load';
import { listed, nameOf } from '../../../src/main/investigation/words';
import { TACTICS } from '../../../src/shared/model/tactic';
import type { Incident } from '../../../src/shared/model/incident';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

let sample: SampleCase;
let incidents: Incident[];
beforeAll(async () => {
  sample = await openSampleCase();
  incidents = await sample.database.ask(({ connection }) => loadIncidents(connection));
  expect(incidents.length).toBeGreaterThan(0);
});
afterAll(() => sample.close());

describe('the answer to how', () => {
  it('is a few paragraphs, each with the records that it rests on', () => {
    for (const { answers } of incidents) {
      expect(answers.how.length).toBeLessThanOrEqual(12);
      for (const { text, exhibits } of answers.how) {
        expect([text, exhibits.length]).not.toEqual([text, 0]);
        expect(text.length).toBeLessThan(2000);
      }
    }
  });

  it('tells every stage of the kill chain once', () => {
    for (const { tactics, answers } of incidents) {
      const told = answers.how.map((s) => s.text).join('\n');
      for (const slug of tactics) {
        const name = TACTICS.find((t) => t.slug === slug)?.name ?? 'Other';
        // Reconnaissance and initial access of baseline findings alone are told as what was new.
        if (told.includes('Against the days before') && !told.includes(name)) continue;
        expect(told).toContain(name);
      }
    }
  });

  it('counts the calls as the tables do', async () => {
    let compared = 0;
    for (const { id, answers } of incidents) {
      const rows = await sample.database.ask(({ connection }) =>
        connection.rows<{ tactic: string; principal: string; calls: number; refused: number }>(
          `SELECT tactic, principal, count(*) AS calls, count(error_code) AS refused FROM (
             SELECT DISTINCT f.tactic, e.file_id, e.record_no FROM incident_members m JOIN findings f USING (finding_id) JOIN finding_events e USING (finding_id)
             WHERE m.incident_id = $id AND f.kind <> 'baseline' AND e.source = 'cloudtrail') JOIN calls USING (file_id, record_no) GROUP BY ALL`,
          { id },
        ),
      );
      for (const { tactic, principal, calls, refused } of rows) {
        const name = TACTICS.find((t) => t.slug === tactic)?.name ?? 'Other';
        const told = answers.how.find((s) => s.text.includes(`UTC, ${name}`))?.text ?? '';
        const sentence = told.split(/\. (?=\S)/).find((s) => s.startsWith(nameOf(principal)));
        if (sentence === undefined || calls < 2) continue;
        expect(sentence).toMatch(new RegExp(`\\b${calls} (?:calls|times)`));
        if (refused > 0 && refused < calls) expect(sentence).toContain(`${refused} of them refused`);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(1);
  });
});

describe('listed', () => {
  it('joins with and, and counts what it leaves out', () => {
    expect(listed([], 3)).toBe('');
    expect(listed(['a'], 3)).toBe('a');
    expect(listed(['a', 'b', 'c'], 3)).toBe('a, b and c');
    expect(listed(['a', 'b', 'c', 'd'], 3, 'other APIs')).toBe('a, b, c and 1 other API');
  });
});

describe("the techniques of the intruder's calls", () => {
  it('rest on as many calls of the incident as they say', async () => {
    const told = incidents.flatMap(({ id, procedures }) => procedures.map((p) => ({ id, ...p })));
    expect(told.length).toBeGreaterThan(5);
    for (const { id, technique, apis, calls, failed, exhibits } of told) {
      expect(incidents.find((i) => i.id === id)?.techniques).toContain(technique);
      expect([exhibits.length, failed <= calls]).toEqual([1, true]);
      const { n } = await sample.database.ask(({ connection }) =>
        connection.row<{ n: number }>(
          `SELECT count(DISTINCT (e.file_id, e.record_no)) AS n FROM incident_events e JOIN calls c USING (file_id, record_no)
           WHERE e.incident_id = $id AND c.event_name IN (SELECT unnest(from_json($apis, '["VARCHAR"]')))`,
          { id, apis: JSON.stringify(apis) },
        ),
      );
      expect(n).toBeGreaterThanOrEqual(calls);
    }
  });
});
