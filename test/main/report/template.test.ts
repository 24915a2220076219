import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportHead } from '../../../src/main/cli/report-options';
import type { CommandIo } from '../../../src/main/cli/command';
import { DEFAULT_HEAD } from '../../../src/main/report/options';
import { readTemplate, writeTemplate } from '../../../src/main/report/template';
import { ofTemplate, type ReportTemplate } from '../../../src/shared/contract/report';

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-template-'));
  file = join(folder, 'firm.json');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const template: ReportTemplate = {
  ...ofTemplate(DEFAULT_HEAD),
  coldtrailReport: 1,
  name: 'Firm',
  organisation: 'Firm of examiners',
  zone: 'Europe/Berlin',
  sections: ['summary', 'remediation'],
  redaction: ['accounts'],
  logo: 'data:image/png;base64,AAAA',
};
const io = (): CommandIo => ({ cwd: folder }) as unknown as CommandIo;

describe('a template of reports', () => {
  it('comes back from its file as it was', async () => {
    await writeTemplate(file, template);
    expect(await readTemplate(file)).toEqual(template);
  });

  it('gives the head of a report, and the command line changes it', async () => {
    await writeTemplate(file, template);
    expect(await reportHead({ template: 'firm.json' }, io())).toEqual({
      ...ofTemplate(template),
      client: null,
      reference: null,
    });
    const changed = await reportHead(
      { template: file, client: 'A bank', sections: 'timeline,files', 'redact-only': 'names,keys' },
      io(),
    );
    expect(changed).toMatchObject({
      client: 'A bank',
      organisation: 'Firm of examiners',
      sections: ['timeline', 'files'],
      redaction: ['names', 'keys'],
    });
  });

  it.each([
    ['no JSON', '{', /not JSON/],
    ['another version', JSON.stringify({ ...template, coldtrailReport: 2 }), /coldtrailReport/],
    ['an unknown section', JSON.stringify({ ...template, sections: ['horoscope'] }), /sections/],
    ['an unknown zone', JSON.stringify({ ...template, zone: 'Mars/Olympus' }), /time zone/],
    ['a logo from outside', JSON.stringify({ ...template, logo: 'https://x.example/l.png' }), /logo/],
  ])('is refused with %s', async (_, text, why) => {
    const path = join(folder, 'bad.json');
    await writeFile(path, text);
    await expect(readTemplate(path)).rejects.toThrow(why);
  });

  it('is refused on the command line when a word is not known', async () => {
    await expect(reportHead({ zone: 'Mars/Olympus' }, io())).rejects.toThrow(/time zone/);
    await expect(reportHead({ sections: 'summary,x' }, io())).rejects.toThrow(/--sections knows/);
    await expect(reportHead({ 'redact-only': 'shoes' }, io())).rejects.toThrow(/--redact-only knows/);
  });
});
