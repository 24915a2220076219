import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crashReports, reportCrash, reportGone } from '../../../src/main/diagnostics/crash-report';

let folder = '';
beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'coldtrail-crash-')), 'crashes')));
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

describe('crash reports', () => {
  it('say where in the program it was, and nothing of the message', () => {
    const evidence = 'arn:aws:iam::111122223333:user/mallory';
    const cause = Object.assign(new TypeError(evidence), { code: 'EIO' });
    const error = new RangeError(`bad value ${evidence}\n    at ${evidence} (mallory.js:1:1)\n`, { cause });
    const path = reportCrash('worker', error, folder) ?? '';
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('mallory');
    const [report] = crashReports(folder);
    expect(report).toMatchObject({
      process: 'worker',
      kind: 'uncaught',
      errors: ['RangeError', 'TypeError EIO'],
    });
    expect(report?.frames[0]).toMatch(/crash-report\.test\.ts:\d+:\d+$/);
    expect(text).not.toContain(process.cwd());
  });

  it('take frames of the window and of packaged files', () => {
    const stack = [
      'Error: x',
      '    at draw (app://coldtrail/assets/index-B1.js:10:20)',
      '    at async Object.run (/opt/Coldtrail/resources/app.asar/out/main/worker.js:3:4)',
      '    at C:\\Program Files\\Coldtrail\\out\\main\\index.js:5:6',
      '    at <anonymous>',
    ].join('\n');
    reportCrash('page', Object.assign(new Error('x'), { stack }), folder);
    expect(crashReports(folder)[0]?.frames).toEqual([
      'draw index-B1.js:10:20',
      'Object.run worker.js:3:4',
      '- index.js:5:6',
    ]);
  });

  it('keep the newest twenty, and pass over what is no report', () => {
    for (let i = 0; i < 25; i += 1) {
      const path = reportGone('worker', `exit code ${i}`, folder) ?? '';
      const renamed = path.replace(
        /crash-\d{8}T\d+Z/,
        `crash-20200101T0000000${String(i).padStart(2, '0')}Z`,
      );
      writeFileSync(renamed, readFileSync(path));
      rmSync(path);
    }
    reportGone('page', 'oom 5', folder);
    expect(readdirSync(folder)).toHaveLength(20);
    writeFileSync(join(folder, 'crash-9.json'), '{');
    expect(crashReports(folder)[0]).toMatchObject({ process: 'page', kind: 'gone', errors: ['oom 5'] });
  });

  it('are given up where nothing can be written', () => {
    writeFileSync(join(folder, '..', 'file'), '');
    expect(reportGone('worker', 'exit code 1', join(folder, '..', 'file', 'crashes'))).toBeNull();
    expect(crashReports(join(folder, 'nowhere'))).toEqual([]);
  });
});
