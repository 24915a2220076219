import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deepLink, parseDeepLink } from '../../src/shared/model/deep-link';

const CASE = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('deep links', () => {
  it('name a place and lead back to it', () => {
    const place = {
      view: 'entity',
      params: { type: 'role', id: 'arn:aws:iam::123456789012:role/a b&c=d?e#f/ü', tab: 'new' },
      scope: { from: '2024-01-01T00:00:00.000000Z', to: '2024-01-02T00:00:00.000000Z' },
    };
    expect(parseDeepLink(deepLink(CASE, place))).toEqual({ caseId: CASE, place });
    expect(parseDeepLink(deepLink(CASE, { view: 'summary', params: {}, scope: null }))).toEqual({
      caseId: CASE,
      place: { view: 'summary', params: {}, scope: null },
    });
  });

  it('carry any text of an id', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (id) => {
        const link = deepLink(CASE, { view: 'entity', params: { id }, scope: null });
        expect(parseDeepLink(link)?.place.params['id']).toBe(id);
      }),
      { seed: 7 },
    );
  });

  it.each([
    'https://case/x',
    'coldtrail://other/0f8fad5b-d9cb-469f-a165-70867728950e/summary',
    'coldtrail://case/../../etc/passwd',
    `coldtrail://case/${CASE}/summary/more`,
    `coldtrail://case/${CASE}/Sum%2Fmary`,
    `coldtrail://case/${CASE}/entity?p.__proto__=x`,
    `coldtrail://case/${CASE}/entity?from=2024-01-01T00:00:00Z`,
    `coldtrail://case/${CASE}/entity?from=2024-01-02T00:00:00Z&to=2024-01-01T00:00:00Z`,
    `coldtrail://case/${CASE}/entity?from=now&to=later`,
    `coldtrail://case/${CASE}/entity?p.id=${'x'.repeat(9000)}`,
    'javascript:alert(1)',
    'not a link',
  ])('refuses %s', (text) => {
    expect(parseDeepLink(text)).toBeNull();
  });
});
