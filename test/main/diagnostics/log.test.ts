import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseLog, readCaseLog } from '../../../src/main/diagnostics/log';
import { maskForLog } from '../../../src/main/diagnostics/mask';
import { LOG_LEVELS } from '../../../src/shared/model/log-level';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'coldtrail-log-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const now = () => new Date('2026-01-02T03:04:05.678Z');

describe('the log of a case', () => {
  it('keeps lines of the wanted level and graver ones, with time and process', async () => {
    for (const level of LOG_LEVELS) {
      const log = caseLog(folder, { process: 'worker', level, now });
      for (const name of LOG_LEVELS) log[name](`${level}.${name}`, { n: 1 });
    }
    const lines = await readCaseLog(folder);
    expect(lines.map(({ event }) => event)).toEqual(
      LOG_LEVELS.flatMap((wanted, i) => LOG_LEVELS.slice(0, i + 1).map((level) => `${wanted}.${level}`)),
    );
    expect(lines[0]).toEqual({
      at: '2026-01-02T03:04:05.678Z',
      level: 'error',
      process: 'worker',
      pid: process.pid,
      event: 'error.error',
      n: 1,
    });
    expect(statSync(join(folder, 'log', 'coldtrail.log')).mode & 0o777).toBe(0o600);
  });

  it('takes four files of one MiB at most and loses the oldest lines first', async () => {
    const log = caseLog(folder, { process: 'main', level: 'info', now });
    const text = 'x '.repeat(240);
    for (let n = 0; n < 9000; n += 1) log.info('filled', { n, text });
    const sizes = readdirSync(join(folder, 'log')).map((name) => statSync(join(folder, 'log', name)).size);
    expect(sizes).toHaveLength(4);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(1024 ** 2);
    const lines = await readCaseLog(folder);
    const first = Number(lines[0]?.['n']);
    expect(first).toBeGreaterThan(0);
    expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 9000 - first }, (_, i) => first + i));
  });

  it('passes over what is no line, and drops what cannot be written', async () => {
    const log = caseLog(folder, { process: 'main', level: 'info', now });
    log.info('one');
    writeFileSync(join(folder, 'log', 'coldtrail.log.1'), '{"half\nnull\n[]\n{"at":1}\n');
    expect((await readCaseLog(folder)).map(({ event }) => event)).toEqual(['one']);
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    caseLog(file, { process: 'main', level: 'info', now }).error('nowhere');
    expect(await readCaseLog(file)).toEqual([]);
  });

  it('masks secrets in every field', () => {
    const secrets = [
      'AKIAIOSFODNN7EXAMPLE',
      'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      'hunter2hunter2',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl',
      'FwoGZXIvYXdzE'.repeat(12),
      'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
    ];
    const log = caseLog(folder, { process: 'main', level: 'info', now });
    log.error('failed', {
      detail: `could not convert ${secrets[0]} near aws_secret_access_key = ${secrets[1]}`,
    });
    log.error('failed', { detail: `"masterUserPassword": "${secrets[2]}", x; ${secrets[3]}` });
    log.error('failed', {
      detail: `?X-Amz-Security-Token=${secrets[4]}&X-Amz-Signature=abc ${secrets[1]} end`,
    });
    log.error('failed', { detail: `-----BEGIN PRIVATE KEY-----\n${secrets[5]}\n` });
    const text = readFileSync(join(folder, 'log', 'coldtrail.log'), 'utf8');
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).toContain('AKIA');
    expect(text).toContain('end');
  });

  it('leaves hashes, ARNs and paths readable', () => {
    const kept = [
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      '356a192b7913b04c54574d18c28d46e6395428ab',
      'arn:aws:iam::111122223333:role/service-role/build',
      '/cases/one/evidence/events/part-0001.parquet has 12 bytes',
    ];
    for (const text of kept) expect(maskForLog(text)).toBe(text);
  });
});
