import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuzzImport, fuzzOriginals } from '../../support/fuzz/fuzz-import';

test(
  'whatever happens to evidence, the import goes on and no record is lost',
  { timeout: 240_000 },
  async () => {
    const originals = await fuzzOriginals([join(import.meta.dirname, '../sources')]);
    expect(originals.length).toBeGreaterThan(80);
    const result = await fuzzImport(originals, { count: 2000, seed: 7 });
    expect(result.faults).toEqual([]);
    expect(result.mutants).toBe(2000);
    expect(result.records).toBeGreaterThan(1500);
    expect(result.issueRecords).toBeGreaterThan(0);
  },
);
