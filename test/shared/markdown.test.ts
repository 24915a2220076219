import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown, type Block, type Inline } from '../../src/shared/text/markdown';

/** Every piece of text in a tree, in order. */
function texts(blocks: readonly Block[]): string[] {
  const inline = (part: Inline): string[] => {
    if (part.kind === 'text' || part.kind === 'code') return [part.text];
    return part.kind === 'break' ? [] : part.parts.flatMap(inline);
  };
  return blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return block.parts.flatMap(inline);
      case 'code':
        return [block.text];
      case 'quote':
        return texts(block.blocks);
      case 'list':
        return block.items.flatMap(texts);
      case 'table':
        return [...block.head, ...block.rows.flat()].flatMap((cell) => cell.flatMap(inline));
      case 'rule':
        return [];
    }
  });
}

describe('Markdown', () => {
  it('keeps HTML as the text that it is', () => {
    expect(texts(parseMarkdown('a <b>c</b>\n\n<script>alert(1)</script>')).join('')).toBe(
      'a <b>c</b><script>alert(1)</script>',
    );
  });

  it('reads lists, tables, tasks, code and links', () => {
    const blocks = parseMarkdown(
      '# H\n- [x] done\n- *b*\n\n| a | b |\n|---|---|\n| 1 | `2` |\n\n```\nc\n```\n[l](x:y)',
    );
    expect(blocks.map((block) => block.kind)).toEqual(['heading', 'list', 'table', 'code', 'paragraph']);
    expect(texts(blocks)).toEqual(['H', '☑ ', 'done', 'b', 'a', 'b', '1', '2', 'c', 'l']);
  });

  it('loses no word of any text, and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9]{3,8}$/), { minLength: 1, maxLength: 6 }), (words) => {
        for (const around of ['', '> ', '- ', '1. ', '# ', '<p>']) {
          const all = texts(parseMarkdown(words.map((word) => `${around}${word}`).join('\n'))).join(' ');
          for (const word of words) expect(all).toContain(word);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(texts(parseMarkdown('> '.repeat(20_000) + 'deep')).join('')).toContain('deep');
  });
});
