import { expect, test } from 'vitest';
import { placeOf } from '../../../../src/main/evidence/originals/place';

test('a record is found at the same place whatever was asked before', () => {
  const records = Array.from({ length: 1200 }, (_, i) =>
    JSON.stringify({ n: i + 1, text: 'x'.repeat(i % 40) }),
  );
  const bytes = Buffer.from(`{ "Records": [ ${records.join(' ,\n')} ]}`);
  const marks: number[] = [];
  for (const wanted of [700, 1, 256, 257, 1200, 512, 513, 1024, 1025, 3]) {
    const place = placeOf(bytes, wanted, true, marks);
    expect(bytes.toString('utf8', place?.start, place?.end)).toBe(records[wanted - 1]);
    expect(place).toEqual(placeOf(bytes, wanted, true));
  }
  expect(placeOf(bytes, 1201, true, marks)).toBeNull();
  expect(marks.length).toBe(5);
});
