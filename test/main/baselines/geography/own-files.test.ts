import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addLocationFiles, ownLocationFiles } from '../../../../src/main/baselines/geography/own-files';
import { CaseFolder } from '../../../../src/main/case/case-folder';
import { openCaseDatabase } from '../../../../src/main/evidence/views';
import { openBundle } from '../../../../src/main/pipeline/open-bundle';
import { mmdbFile } from '../../../support/fuzz/mmdb-file';
import { record, user } from '../../entities/record';

let folder = '';
let caseFolder: CaseFolder;
const file = (name: string) => join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'coldtrail-own-locations-'));
  caseFolder = await CaseFolder.create(file('case'), 'x');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const city = (name: string) =>
  mmdbFile([
    {
      address: [203, 0, 113, 0],
      bits: 24,
      says: { city: { names: { en: name } }, country: { iso_code: 'IS' } },
    },
  ]);

test('a location file is copied into the case and every analysis reads it', async () => {
  await writeFile(file('city.mmdb'), city('Reykjavik'));
  await mkdir(file('bundle'));
  await writeFile(
    file('bundle/a.json'),
    JSON.stringify({
      Records: [record({ sourceIPAddress: '203.0.113.7', userIdentity: user('alice', 'AKIAALICE') })],
    }),
  );
  await addLocationFiles(caseFolder.path, [file('city.mmdb')]);
  await rm(file('city.mmdb'));
  await openBundle({ caseFolder, paths: [file('bundle')], baselineDays: 14 });
  const database = await openCaseDatabase(caseFolder);
  try {
    expect(await database.main.rows('SELECT country, city FROM address_places')).toEqual([
      { country: 'IS', city: 'Reykjavik' },
    ]);
  } finally {
    database.close();
  }
});

test('what is none is refused before anything is taken', async () => {
  await writeFile(file('city.mmdb'), city('Reykjavik'));
  await writeFile(file('bad.mmdb'), 'no database');
  await expect(
    addLocationFiles(caseFolder.path, [file('city.mmdb'), file('bad.mmdb')]),
  ).rejects.toMatchObject({
    code: 'locations.unreadable',
    params: { path: file('bad.mmdb') },
  });
  expect(await ownLocationFiles(caseFolder.path)).toEqual([]);
});
