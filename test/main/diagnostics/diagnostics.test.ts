import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { reportCrash } from '../../../src/main/diagnostics/crash-report';
import { diagnosticsText } from '../../../src/main/diagnostics/diagnostics';
import { caseLog, failureFields, readCaseLog } from '../../../src/main/diagnostics/log';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { openBundle } from '../../../src/main/pipeline/open-bundle';
import { composeSample } from '../../../src/sample/index';

/** What stands in the records and could name somebody: every text of these columns. */
const NAMES = `
  SELECT DISTINCT unnest([principal, actor_arn, session_key, access_key_id, source_ip, user_agent, event_id, account_id]) AS name FROM calls
  UNION SELECT DISTINCT entity_id FROM entities
  UNION SELECT DISTINCT unnest([srcaddr, dstaddr, interface_id]) FROM flows
  UNION SELECT path FROM files UNION SELECT sha256 FROM files WHERE sha256 <> ''
  UNION SELECT title FROM incidents`;
/** Shorter texts are words that stand anywhere. */
const SHORTEST = 7;
const FAULT = 'Conversion Error: could not convert "arn:aws:iam::111122223333:user/mallory"';

let place = '';
let caseFolder: CaseFolder;
const before = process.env['COLDTRAIL_USER_DATA'];
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'coldtrail-diagnostics-'));
  process.env['COLDTRAIL_USER_DATA'] = join(place, 'profile');
  const { bundle } = await composeSample({
    out: join(place, 'sample'),
    seed: 2,
    events: 2000,
    flows: 3000,
    days: 7,
  });
  caseFolder = await CaseFolder.create(join(place, 'case'), 'diagnostics');
  const log = caseLog(caseFolder.path, { process: 'worker', level: 'debug' });
  await openBundle({ caseFolder, paths: [bundle], baselineDays: 14, log });
  log.error('analysis.failed', failureFields(new Error(FAULT)));
  reportCrash('worker', new Error(FAULT));
});
afterAll(() => {
  if (before === undefined) delete process.env['COLDTRAIL_USER_DATA'];
  else process.env['COLDTRAIL_USER_DATA'] = before;
  rmSync(place, { recursive: true, force: true });
});

describe('diagnostics', () => {
  it('tell versions, counts, steps and codes', async () => {
    const text = await diagnosticsText(caseFolder);
    expect(text).toMatch(/program: Coldtrail \d/);
    expect(text).toMatch(/files cloudtrail imported: \d+, \d+ records/);
    expect(text).toMatch(/step Detections: \d+ ms, \d+ MB resident/);
    expect(text).toMatch(/error \S+ worker analysis\.failed internal/);
    expect(text).toMatch(/crash \S+ worker uncaught \(version /);
  });

  it('hold no name, address, path or hash of the evidence', async () => {
    const text = Buffer.from(await diagnosticsText(caseFolder));
    const database = await openCaseDatabase(caseFolder);
    try {
      const names = await database.main.rows<{ name: string | null }>(NAMES);
      const sought = names.flatMap(({ name }) => (name === null || name.length < SHORTEST ? [] : [name]));
      expect(sought.length).toBeGreaterThan(2000);
      expect(sought.filter((name) => text.includes(Buffer.from(name)))).toEqual([]);
    } finally {
      database.close();
    }
    for (const own of ['mallory', '111122223333', place]) expect(text.includes(own)).toBe(false);
  });

  it('leave the log in the case with its steps in their order', async () => {
    const events = (await readCaseLog(caseFolder.path)).map(({ event }) => event);
    expect(events[0]).toBe('import.started');
    expect(events.filter((event) => event === 'analysis.step')).toHaveLength(9);
    expect(events.slice(-2)).toEqual(['analysis.finished', 'analysis.failed']);
  });
});
