import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { ingest } from '../../../src/main/ingest/ingest';

/** So much less than what an import has, as the record is smaller than what would break one. */
const MEMORY_MB = 256;
const LARGE = 20 * 1024 ** 2;

const event = (n: number, blob = '') => ({
  eventVersion: '1.09',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ada' },
  eventTime: `2024-05-03T10:00:0${n}Z`,
  eventSource: 's3.amazonaws.com',
  eventName: 'ListBuckets',
  sourceIPAddress: '203.0.113.7',
  requestParameters: { blob },
  eventID: `00000000-0000-4000-8000-00000000000${n}`,
});

test('a record that takes more memory than there is becomes an issue; its neighbours and other files are in', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-large-'));
  try {
    const texts = { 'a.json': [event(1)], 'b.json': [event(2), event(3, 'A'.repeat(LARGE)), event(4)] };
    for (const [name, records] of Object.entries({ ...texts, 'c.json': [event(5)] }))
      await writeFile(join(folder, name), JSON.stringify({ Records: records }));
    const caseFolder = await CaseFolder.create(join(folder, 'case'), 'test');
    const summary = await ingest(caseFolder, [folder], { threads: 1, memoryLimitMb: MEMORY_MB });
    expect(summary.sources).toMatchObject([{ source: 'cloudtrail', files: 3, records: 5, unique: 4 }]);
    expect(summary.issues).toMatchObject([{ code: 'record.tooLarge', recordNo: 2 }]);
    expect(summary.issues[0]?.detail).toMatch(/^a record of 2\d{7} bytes$/);
    expect(summary.issues[0]?.file).toMatch(/b\.json$/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
