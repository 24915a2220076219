import { describe, expect, it } from 'vitest';
import { alignedTable, csv, plain } from '../../../src/main/cli/output';

describe('output', () => {
  it('shows terminal escapes and bidirectional overrides instead of sending them', () => {
    expect(plain('a\u001b[31mb\u202ec')).toBe('a\\x1b[31mb\\u202ec');
    expect(alignedTable(['A'], [['x\u0007']])).toContain('\\x07');
  });

  it('disarms spreadsheet formulas and quotes cells', () => {
    expect(
      csv({
        names: ['a', 'b'],
        types: [],
        columns: [
          ['=1+1', 'x,"y"'],
          [1, null],
        ],
        rowCount: 2,
      }),
    ).toBe('a,b\r\n\'=1+1,1\r\n"x,""y""",\r\n');
  });
});
