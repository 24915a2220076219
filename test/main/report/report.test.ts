import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReport } from '../../../src/main/report/build';
import type { Subject } from '../../../src/shared/model/annotation';
import { annotate } from '../../../src/main/custody/annotate';
import type { ReportModel } from '../../../src/main/report/model';
import { headings } from '../../../src/main/report/render/headings';
import { renderReportHtml, renderReportPage } from '../../../src/main/report/render/html';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

interface Page {
  readonly window: {
    readonly document: {
      querySelector(selector: string): { getAttribute(name: string): string | null } | null;
      querySelectorAll(selector: string): ArrayLike<{
        readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>;
      }>;
    };
  };
}
// jsdom brings no types.
const { JSDOM } = createRequire(import.meta.url)('jsdom') as { readonly JSDOM: new (html: string) => Page };

const NOW = '2026-01-02T03:04:05.000000Z';
let sample: SampleCase;
let model: ReportModel;

beforeAll(async () => {
  sample = await openSampleCase();
  model = await sample.database.ask(({ connection }) =>
    buildReport(connection, sample.caseFolder, { incidentIds: null, now: NOW }),
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

  it('holds the sections that were chosen, numbered through, and no link into one that was not', () => {
    const sections = ['remediation', 'techniques', 'files'] as const;
    const html = page({}, { sections: [...sections] });
    const titles = headings({ ...model, head: { ...model.head, sections: [...sections] } });
    expect(new Set(titles.map((h) => h.id.replace(/-\d+$/, '')))).toEqual(
      new Set(['s-incident', 's-answers', 's-remediation', 's-techniques', 's-files']),
    );
    expect(titles.find((h) => h.id === 's-files')?.number).toBe('A');
    expect(html).toContain('Ex.&nbsp;1-');
    const defined = ids(html);
    for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) expect(defined).toContain(id);
    expect(html).not.toContain('id="s-summary"');
    expect(html).not.toContain('class="exhibit"');
  });

  it('is a page of its own for a browser: no script, nothing from outside, whatever the names are', () => {
    const hostile = '</style><script src="https://evil.example/x.js"></script><img src=x onerror=alert(1)>';
    const html = renderReportPage({
      ...model,
      title: hostile,
      head: { ...model.head, client: hostile, logo: 'data:image/png;base64,AAAA' },
    });
    const { document } = new JSDOM(html).window;
    expect(document.querySelectorAll('script, iframe, object, link, base, form')).toHaveLength(0);
    expect(document.querySelectorAll('img')).toHaveLength(1);
    for (const element of Array.from(document.querySelectorAll('*')))
      for (const { name, value } of Array.from(element.attributes)) {
        expect(name).not.toMatch(/^on/);
        if (/^(?:src|href|xlink:href|data|action)$/.test(name)) expect(value).toMatch(/^(?:#|data:image\/)/);
      }
    expect(html).not.toMatch(/url\(|@import/);
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain(
      "default-src 'none'",
    );
    for (const { label } of model.exhibits) expect(html).toContain(`id="x-${label}"`);
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
      buildReport(connection, sample.caseFolder, { incidentIds: null, now: NOW }),
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
        buildReport(connection, sample.caseFolder, {
          incidentIds: incidentId === null ? null : [incidentId],
          now: NOW,
        }),
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

  it('prints hypotheses with what speaks for and against them, and why', async () => {
    const about = (kind: 'incident' | 'finding', id: string) => ({ kind, type: '', id }) as const;
    const [first] = model.incidents;
    const finding = first?.findings[0];
    const put = (kind: 'hypothesis' | 'argument', subject: Subject, title: string, text: string) =>
      annotate(sample.caseFolder, { id: null, kind, subject, title, text });
    const key = await put(
      'hypothesis',
      { kind: 'case', type: '', id: '' },
      'The <b>key</b> leaked',
      'supported',
    );
    await put('hypothesis', { kind: 'case', type: '', id: '' }, 'An insider', 'refuted');
    await put('argument', about('finding', finding?.id ?? ''), 'used abroad', `for ${key}`);
    await put('argument', about('incident', first?.incident.id ?? ''), '', `against ${key}`);
    await put('argument', about('finding', 'elsewhere'), 'of a hypothesis that is gone', 'for nothing');
    await sample.database.refresh();
    const built = await sample.database.ask(({ connection }) =>
      buildReport(connection, sample.caseFolder, { incidentIds: null, now: NOW }),
    );
    expect(built.hypotheses.map((h) => [h.statement, h.state, h.arguments.length])).toEqual([
      ['The <b>key</b> leaked', 'supported', 2],
      ['An insider', 'refuted', 0],
    ]);
    const html = renderReportHtml({ ...built, notes: [] }, new Map());
    const [, told = ''] = html.split('Hypothesis: The &lt;b&gt;key&lt;/b&gt; leaked');
    const [forIt = '', againstIt = ''] = told.split('<b>Against</b>');
    expect(forIt).toContain('used abroad');
    expect(forIt).toContain(finding?.title);
    expect(againstIt).toContain(first?.incident.title.split(' ')[0]);
    expect(html).not.toContain('hypothesis that is gone');
  });
});
