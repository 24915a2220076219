import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/main/report/build';
import { annotate } from '../../../src/main/custody/annotate';
import type { ReportModel } from '../../../src/main/report/model';
import { checkedZone } from '../../../src/main/report/options';
import { headings } from '../../../src/main/report/render/headings';
import { renderReportHtml } from '../../../src/main/report/render/html';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

const NOW = '2026-01-02T03:04:05.000000Z';
let sample: SampleCase;
let model: ReportModel;

beforeAll(async () => {
  sample = await openSampleCase();
  model = await sample.database.ask(({ connection }) =>
    buildReport(connection, sample.caseFolder, { incidentId: null, now: NOW }),
  );
});
afterAll(() => sample.close());

const page = (changed: Partial<ReportModel> = {}, head: Partial<ReportModel['head']> = {}) =>
  renderReportHtml({ ...model, ...changed, head: { ...model.head, ...head } }, new Map());
const ids = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]);

describe('report', () => {
  it('defines every place that a link points at, once', () => {
    for (const audience of ['executive', 'technical', 'evidence'] as const) {
      const html = page({}, { audience });
      const defined = ids(html);
      expect(new Set(defined).size).toBe(defined.length);
      const wanted = [...html.matchAll(/href="#([^"]+)"/g)].map((m) => m[1]);
      expect(wanted.filter((id) => !defined.includes(id ?? ''))).toEqual([]);
    }
  });

  it('prints each section of the contents, in their order', () => {
    const html = page({}, { audience: 'evidence' });
    const places = headings({ ...model, head: { ...model.head, audience: 'evidence' } }).map(({ id }) =>
      html.indexOf(` id="${id}"`),
    );
    expect(places.every((at) => at > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('gives each exhibit its place, hash and key fields, read from the original', () => {
    expect(model.exhibits.length).toBeGreaterThan(10);
    for (const exhibit of model.exhibits) {
      expect(exhibit.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(exhibit.exact && exhibit.hashMatches).toBe(true);
      expect(exhibit.time).not.toBeNull();
      expect(exhibit.file.endsWith(exhibit.name)).toBe(true);
      if (exhibit.eventId) expect(exhibit.record).toContain(exhibit.eventId);
    }
    const html = page();
    for (const { label, sha256 } of model.exhibits) {
      expect(html).toContain(`id="x-${label}"`);
      expect(html).toContain(sha256);
    }
  });

  it('folds like records and loses none', () => {
    for (const { moments, momentsTotal, timelineTotal } of model.incidents) {
      const told = moments.reduce((sum, m) => sum + m.records, 0);
      if (moments.length === momentsTotal) expect(told).toBe(timelineTotal);
      expect(moments.map((m) => m.time)).toEqual(moments.map((m) => m.time).sort());
    }
    expect(model.incidents.some((r) => r.moments.length < r.timelineTotal)).toBe(true);
  });

  it('shows text of a log as text', () => {
    const hostile = '<img src=x onerror=alert(1)>"\u202e';
    const [first] = model.incidents;
    if (!first) throw new Error('the sample has no incident');
    const html = page({
      title: hostile,
      incidents: [
        {
          ...first,
          graph: {
            ...first.graph,
            nodes: first.graph.nodes.map((n) => ({ ...n, label: hostile })),
          },
          moments: first.moments.map((m) => ({ ...m, action: hostile, principal: hostile })),
        },
      ],
    });
    expect(html).not.toContain('<img');
    expect(html).not.toContain('\u202e');
    expect(html).toContain('&lt;img');
  });

  it('tells times in the zone that was asked for, in sentences as in tables', () => {
    const html = page({}, { zone: 'Asia/Tokyo' });
    const [first] = model.incidents;
    const sentence = /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC/.exec(
      first?.incident.answers.how[0]?.text ?? '',
    )?.[1];
    if (!sentence) throw new Error('the first sentence has no time');
    const tokyo = new Date(Date.parse(`${sentence.replace(' ', 'T')}Z`) + 9 * 3_600_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    expect(html).toContain(`${tokyo} Asia/Tokyo`);
    expect(html).not.toContain(`${sentence} UTC`);
    expect(() => checkedZone('Mars/Olympus')).toThrow(/time zone/);
  });

  it('keeps records out of the executive edition and prints them whole in the evidence edition', () => {
    expect(page({}, { audience: 'executive' })).not.toContain('class="exhibit"');
    const record = model.exhibits[0]?.record.split('\n')[1]?.trim() ?? '?';
    const escaped = record.replaceAll('"', '&quot;');
    expect(page()).not.toContain(`<pre>{\n ${escaped}`);
    expect(page({}, { audience: 'evidence' })).toContain(escaped);
  });

  it('is the same text for the same case and time', async () => {
    const again = await sample.database.ask(({ connection }) =>
      buildReport(connection, sample.caseFolder, { incidentId: null, now: NOW }),
    );
    expect(JSON.stringify(again)).toBe(JSON.stringify(model));
    expect(renderReportHtml(again, new Map())).toBe(page());
  });

  it('prints what the analysts wrote, as text, for the incident it is about', async () => {
    const [first] = model.incidents;
    const id = first?.incident.id ?? '';
    const subject = { kind: 'incident', type: '', id } as const;
    const put = (kind: 'note' | 'verdict', text: string) =>
      annotate(sample.caseFolder, { id: null, kind, subject, title: '', text });
    await put('verdict', 'true-positive');
    await put('note', 'Seen by **two** of us <img src=x onerror=alert(1)> [here](javascript:alert(1))');
    await annotate(sample.caseFolder, {
      id: null,
      kind: 'note',
      subject: { kind: 'finding', type: '', id: 'of another case' },
      title: '',
      text: 'elsewhere',
    });
    await sample.database.refresh();
    const build = (incidentId: string | null) =>
      sample.database.ask(({ connection }) =>
        buildReport(connection, sample.caseFolder, { incidentId, now: NOW }),
      );
    const all = await build(null);
    expect(all.notes.map((note) => note.text).sort()).toContain('elsewhere');
    const one = await build(id);
    expect(one.notes.map((note) => note.kind).sort()).toEqual(['note', 'verdict']);
    const html = renderReportHtml(one, new Map());
    expect(html).toContain('Seen by <b>two</b> of us &lt;img src=x onerror=alert(1)&gt;');
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('href="javascript');
    expect(html).toContain('True positive');
    expect(renderReportHtml(model, new Map())).not.toContain('s-notes');
  });
});
