import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ReportModel } from '../../src/main/report/model';
import { headings } from '../../src/main/report/render/headings';
import { REPORT_SECTIONS } from '../../src/shared/model/report';
import { hiddenTexts, readPdf, type Pdf, type PdfPage } from '../support/pdf';
import { leaksIn, namesIn } from '../support/leaks';
import { coldtrail } from './command';

const WRITTEN = '2026-01-02T03:04:05Z';
/** All that names somebody; the list of files is long and named like the exhibits. */
const REDACTED = REPORT_SECTIONS.map(({ id }) => id)
  .filter((id) => id !== 'files')
  .join(',');
/** Margins of the page in points: 18 mm at the sides, 19 above, 17 below. */
const MM = 72 / 25.4;
const [SIDE, ABOVE, BELOW] = [18 * MM, 19 * MM, 17 * MM];

interface Page {
  readonly window: {
    readonly document: {
      querySelectorAll(selector: string): Iterable<{ readonly textContent: string | null }>;
    };
  };
}
// jsdom brings no types.
const { JSDOM } = createRequire(import.meta.url)('jsdom') as { readonly JSDOM: new (html: string) => Page };

let folder: string;
let model: ReportModel;
let bytes: Buffer;
let pdf: Pdf;

/** The report of the composed case in a format, as the command line writes it. */
async function report(name: string, ...options: string[]): Promise<Buffer> {
  const out = join(folder, name);
  const caseFolder = inject('caseFolder');
  await coldtrail('report', '--case', caseFolder, '--out', out, '--audience', 'evidence', ...options);
  return readFile(out);
}

/** Without white space: lines break where the paper ends. */
const squash = (text: string): string => text.replace(/\s+/g, '');
const isBody = ({ height }: PdfPage, y: number): boolean => y < height - ABOVE && y > BELOW;
const bodyOf = (page: PdfPage): string =>
  squash(
    page.texts
      .filter(({ y }) => isBody(page, y))
      .map(({ text }) => text)
      .join(''),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-pdf-'));
  model = JSON.parse((await report('report.json', '--written', WRITTEN)).toString()) as ReportModel;
  bytes = await report('report.pdf', '--written', WRITTEN);
  pdf = await readPdf(bytes);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('The printed report', () => {
  it('has an outline of all sections, each on the page that its heading and the contents name', () => {
    const wanted = headings(model);
    const listed = pdf.outline.flatMap((item) => [item, ...item.children]);
    expect(listed.map(({ title }) => title)).toEqual(
      wanted.map(({ number, title }) => `${number}  ${title}`),
    );
    const contents = bodyOf(pdf.pages[1]!);
    for (const [i, { id, number, title }] of wanted.entries()) {
      const page = listed[i]!.page;
      expect([id, pdf.places.get(id)]).toEqual([id, page]);
      expect(bodyOf(pdf.pages[page - 1]!)).toContain(squash(`${number}${title}`));
      expect(contents).toContain(squash(`${number}${title}${page}`));
    }
  });

  it('resolves every link to a place in itself', () => {
    const links = pdf.pages.flatMap((page) => page.links);
    expect(links.length).toBeGreaterThan(30);
    for (const { place, url } of links) {
      expect(url).toBeNull();
      expect(pdf.places.has(place ?? '')).toBe(true);
    }
  });

  it('cites an exhibit for every claim, and prints each exhibit with file, record and hash', () => {
    const labels = new Set(model.exhibits.map(({ label }) => label));
    for (const { index, incident } of model.incidents) {
      const { how, where, prevent, could, unknown } = incident.answers;
      for (const { text, exhibits } of [...how, ...where, ...prevent, ...could, ...unknown]) {
        expect([text, exhibits.length > 0]).toEqual([text, true]);
        for (const { n } of exhibits) expect(labels).toContain(`${index}-${n}`);
      }
    }
    const all = pdf.pages.map(bodyOf).join('');
    for (const { label, name, recordNo, sha256 } of model.exhibits) {
      const page = pdf.places.get(`x-${label}`);
      expect([label, page === undefined]).toEqual([label, false]);
      expect(all).toContain(squash(`record ${recordNo} of ${name}`));
      expect(all).toContain(sha256);
    }
  });

  it('keeps all text inside the margins', () => {
    const outside = pdf.pages.flatMap((page, i) =>
      page.texts
        .filter(({ x, y, width }) => {
          const [left, right] = [SIDE - 1, page.width - SIDE + 1];
          return x < left || x + width > right || y < 0 || y > page.height;
        })
        .map(({ text }) => `${i + 1}: ${text}`),
    );
    expect(outside).toEqual([]);
  });

  it('loses nothing on paper that the page shows in a browser', async () => {
    const html = (await report('report.html', '--written', WRITTEN)).toString();
    const { document } = new JSDOM(html.replaceAll('<wbr>', '')).window;
    const all = pdf.pages.map(bodyOf).join('');
    const told = [...document.querySelectorAll('h1, h2, h3, p, li, td, th, dt, dd, figcaption, pre')]
      .flatMap(({ textContent }) => (textContent ?? '').split('\n'))
      .map(squash)
      .filter((text) => text !== '');
    expect(told.length).toBeGreaterThan(500);
    const lost = [...new Set(told)].filter((text) => !all.includes(text));
    expect(lost).toEqual([]);
  });

  it('says what it is in its metadata, with the stated time', () => {
    const { Title, Subject, CreationDate, ModDate, Language } = pdf.info;
    expect({ Title, Subject, CreationDate, ModDate, Language }).toEqual({
      Title: model.title,
      Subject: `Case ${model.case.name}`,
      CreationDate: 'D:20260102030405Z',
      ModDate: 'D:20260102030405Z',
      Language: 'en',
    });
  });

  it('has the same bytes for the same case and stated time', async () => {
    const hash = (of: Buffer) => createHash('sha256').update(of).digest('hex');
    expect(hash(await report('again.pdf', '--written', WRITTEN))).toBe(hash(bytes));
  });

  it('names nobody when it is redacted, neither on paper nor in what the file holds besides', async () => {
    const rows = await coldtrail<{ id: string }[]>(
      'query',
      '--case',
      inject('caseFolder'),
      '--sql',
      `SELECT DISTINCT entity_id AS id FROM entities WHERE entity_type IN ('account', 'user', 'role', 'roleSession', 'accessKey', 'address', 'bucket', 'instance')`,
    );
    const names = namesIn(rows.map(({ id }) => id)).map(squash);
    expect(names.length).toBeGreaterThan(50);
    const search = async (file: Buffer) => {
      const { pages } = await readPdf(file);
      const painted = pages.flatMap(({ texts }) => texts.map(({ text }) => text));
      return leaksIn(squash(`${painted.join('')}\n${await hiddenTexts(file)}`), names);
    };
    expect((await search(bytes)).length).toBeGreaterThan(10);
    expect(await search(await report('redacted.pdf', '--redact', '--sections', REDACTED))).toEqual([]);
  });
});
