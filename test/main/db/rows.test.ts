import { describe, expect, it } from 'vitest';
import { Database } from '../../../src/main/db/database';
import { isoFromMicros } from '../../../src/main/db/rows';

describe('rows', () => {
  it('keeps microseconds, also before the epoch', () => {
    expect(isoFromMicros(1_688_990_082_523_310n)).toBe('2023-07-10T11:54:42.523310Z');
    expect(isoFromMicros(-1n)).toBe('1969-12-31T23:59:59.999999Z');
    expect(isoFromMicros(9_223_372_036_854_775_806n)).toBe('+294247-01-10T04:00:54.775806Z');
    expect(isoFromMicros(-9_223_372_022_400_000_000n)).toBe('-290308-12-22T00:00:00.000000Z');
  });

  it('gives counts as numbers and integers beyond safety as text', async () => {
    const database = await Database.open();
    try {
      expect(
        await database.main.row(
          "SELECT 5::BIGINT AS a, 9007199254740993::BIGINT AS b, TIMESTAMP '2024-01-01 00:00:00.000001' AS t",
        ),
      ).toEqual({
        a: 5,
        b: '9007199254740993',
        t: '2024-01-01T00:00:00.000001Z',
      });
    } finally {
      database.close();
    }
  });
});
