import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coldtrail, json, workplace, type Workplace } from './coldtrail';

interface Listed {
  readonly id: string;
  readonly pack: string;
  readonly enabled: boolean;
  readonly reason: string | null;
}

let place: Workplace;
let own: string;
beforeAll(async () => {
  place = await workplace();
  own = join(place.folder, 'own');
  await mkdir(own);
  await writeFile(
    join(own, 'any.yml'),
    'title: A call\nid: any-call\nauthor: Jo\nlogsource: {product: aws, service: cloudtrail}\ndetection: {sel: {eventName: GetCallerIdentity}, condition: sel}\nlevel: low\n',
  );
});
afterAll(() => place.remove());

const rulesOf = async () => {
  const rows = await json<{ ruleId: string }[]>(['findings', '--case', place.caseDir, '--json']);
  return new Set(rows.map((r) => r.ruleId));
};

describe('rules of a case', () => {
  it('are tested without changing it', async () => {
    const before = await json<object[]>(['findings', '--case', place.caseDir, '--json']);
    const [tested] = await json<{ records: number; author: string }[]>([
      ...['rules', '--test', own, '--case', place.caseDir, '--json'],
    ]);
    expect(tested).toMatchObject({ id: 'any-call', author: 'Jo' });
    expect(tested?.records).toBeGreaterThan(0);
    expect(await json<object[]>(['findings', '--case', place.caseDir, '--json'])).toEqual(before);
  });

  it('are taken in by open, listed, turned off, and used by the analysis that follows', async () => {
    await json<object>(['open', '--case', place.caseDir, '--rules', own, '--json']);
    expect(await rulesOf()).toContain('any-call');
    const choose = (...choice: string[]) =>
      json<Listed[]>(['rules', '--case', place.caseDir, ...choice, '--json']);
    const listed = (await choose()).find((r) => r.id === 'any-call');
    expect(listed).toMatchObject({ pack: 'own', enabled: true, reason: null });
    expect((await choose('--disable', 'any-call')).find((r) => r.id === 'any-call')?.enabled).toBe(false);
    await json<object>(['open', '--case', place.caseDir, '--json']);
    expect(await rulesOf()).not.toContain('any-call');
  });

  it('are refused by name when they are not there', async () => {
    for (const args of [
      ['rules', '--case', place.caseDir, '--disable', 'nothing'],
      ['rules', '--disable', 'any-call'],
      ['open', '--case', join(place.folder, 'no-case')],
    ])
      expect((await coldtrail(args)).code).toBe(2);
    expect(
      (await coldtrail(['rules', '--test', join(place.folder, 'absent'), '--case', place.caseDir])).code,
    ).toBe(1);
  });
});
