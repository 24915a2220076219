import { describe, expect, it } from 'vitest';
import type { Part } from '../../../src/main/case/case-folder';
import { searchSteps } from '../../../src/main/queries/search/steps';
import { searchTerm } from '../../../src/main/queries/search/terms';

const part = (table: string, name: string, rows: number, span?: { first: number; last: number }): Part => ({
  ...{ table, path: `evidence/${table}/${name}.parquet`, rows, bytes: 1, sha256: '' },
  ...span,
});
const DAY = 86_400;
const parts = [
  part('events', 'old', 100_000, { first: 0, last: DAY }),
  part('events', 'new', 100_000, { first: 5 * DAY, last: 6 * DAY }),
  part('events', 'tiny', 10, { first: 5 * DAY, last: 7 * DAY }),
  part('k8s_audit', 'k', 50, { first: 2 * DAY, last: 3 * DAY }),
  part('flows', 'f', 400_000, { first: 0, last: 8 * DAY }),
  part('files', 'list', 3),
];
const told = (text: string, scope: { from: string; to: string } | null = null) =>
  searchSteps(parts, searchTerm(text), scope).map(
    ({ table, parts, columns }) =>
      `${table.table} ${columns}: ${parts.map(({ path }) => path.split('/')[2]?.slice(0, -8)).join(' ')}`,
  );

describe('the steps of a search', () => {
  it('look into short columns of everything before nested ones, newest first, flows last', () => {
    expect(told('x')).toEqual([
      'events values: tiny new',
      'k8s_audit values: k',
      'events values: old',
      'events nested: tiny new',
      'k8s_audit nested: k',
      'events nested: old',
      'flows values: f',
      'flows nested: f',
    ]);
  });

  it('look into flows before nested columns for an address', () => {
    expect(told('10.0.0.1').indexOf('flows values: f')).toBe(3);
  });

  it('leave out parts beside the scope, and none that touches it', () => {
    const scope = { from: '1970-01-06T00:00:00Z', to: '1970-01-06T12:00:00Z' };
    expect(told('x', scope)).toEqual([
      'events values: tiny new',
      'events nested: tiny new',
      'flows values: f',
      'flows nested: f',
    ]);
  });
});
