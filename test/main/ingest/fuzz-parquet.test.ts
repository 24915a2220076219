import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fuzzImport } from '../../support/fuzz/fuzz-import';
import { mutateBinary } from '../../support/fuzz/mutate-binary';
import { parquetOriginals } from '../../support/fuzz/parquet-originals';

test(
  'broken Parquet becomes issues, loses no record and harms no file after it',
  { timeout: 120_000 },
  async () => {
    const originals = await parquetOriginals(join(import.meta.dirname, '../sources'));
    expect(originals.length).toBeGreaterThan(12);
    const result = await fuzzImport(originals, {
      count: 400,
      perImport: 100,
      seed: 11,
      change: mutateBinary,
      last: originals[0],
    });
    expect(result.faults).toEqual([]);
    expect(result.mutants).toBe(400);
    expect(result.states['imported']).toBeGreaterThan(50);
    expect(result.states['issue']).toBeGreaterThan(100);
    expect(result.longestMs).toBeLessThan(5000);
  },
);
