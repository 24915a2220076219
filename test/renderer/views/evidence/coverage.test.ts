import { expect, it } from 'vitest';
import type { ResponseOf } from '../../../../src/shared/contract/index';
import {
  columnStart,
  level,
  marksOf,
  stripBackground,
} from '../../../../src/renderer/views/evidence/coverage';

const line = { account: '1', region: 'eu-west-1', source: 'cloudtrail', counts: [0, 5, 5, 0] };
const mark = { account: '1', region: 'eu-west-1', source: 'cloudtrail', cause: 'silence', detail: 'd' };
const coverage: ResponseOf<'evidence/coverage'> = {
  from: '2024-05-06T00:00:00.000000Z',
  stepHours: 6,
  columns: 4,
  lines: [line],
  marks: [
    {
      ...mark,
      region: null,
      cause: 'logging-stopped',
      first: '2024-05-06T12:00:00.000000Z',
      last: '2024-05-09T00:00:00.000000Z',
    },
    { ...mark, first: '2024-05-06T00:00:00.000000Z', last: '2024-05-06T06:00:00.000000Z' },
    {
      ...mark,
      region: 'us-east-1',
      first: '2024-05-06T00:00:00.000000Z',
      last: '2024-05-06T06:00:00.000000Z',
    },
    {
      ...mark,
      source: 'vpc-flow',
      first: '2024-05-06T00:00:00.000000Z',
      last: '2024-05-06T06:00:00.000000Z',
    },
  ],
};

it('draws neighbours of one level as one band', () => {
  expect(stripBackground(line.counts, 5)).toBe(
    'linear-gradient(to right, var(--level-0) 0.000% 25.000%, var(--level-5) 25.000% 75.000%, var(--level-0) 75.000% 100.000%)',
  );
  expect([0, 1, 10, 100].map((n) => level(n, 100))).toEqual([0, 1, 3, 5]);
});

it('places the gaps of a line, those of every Region too, within the strip', () => {
  expect(marksOf(line, coverage).map(({ left, width, look }) => [left, width, look])).toEqual([
    [0, 25, 'quiet'],
    [50, 50, 'off'],
  ]);
});

it('knows when a column begins', () => {
  expect(columnStart(coverage, 3)).toBe('2024-05-06T18:00:00.000Z');
});
