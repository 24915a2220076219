import { expect, test } from 'vitest';
import { splitRecords } from '../../../../src/main/evidence/originals/split-records';

test('a list whose sibling never ends is read once', () => {
  const endless = '{"a":'.repeat(5000);
  const text = `{"Events":[{"x":1},{"x":2}],"NextToken":${endless}`;
  const starts: number[] = [];
  for (const { start } of splitRecords(Buffer.from(text))) {
    starts.push(start);
    if (starts.length > 10) break;
  }
  expect(starts.slice(0, 2)).toEqual([11, 19]);
  expect(starts.length).toBeLessThan(10);
  expect([...starts].sort((a, b) => a - b)).toEqual(starts);
});
