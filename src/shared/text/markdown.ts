import { lexer, type MarkedToken, type Token } from 'marked';

/** A part of a line. Links and pictures are their text and target: whoever draws them decides what may be followed. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly parts: readonly Inline[] }
  | { readonly kind: 'em'; readonly parts: readonly Inline[] }
  | { readonly kind: 'del'; readonly parts: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly parts: readonly Inline[] }
  | { readonly kind: 'break' };

export type Block =
  | { readonly kind: 'paragraph'; readonly parts: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly parts: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: 'rule' };

/**
 * Markdown (GitHub's) as a tree without any markup in it: HTML in the text stays text. Notes quote what attackers
 * wrote, so nothing of them ever reaches a page as HTML.
 */
export function parseMarkdown(text: string): readonly Block[] {
  try {
    return lexer(text, { gfm: true, breaks: true }).flatMap(blockOf);
  } catch {
    // Thousands of nested quotes exhaust any parser; the words are shown all the same.
    return [{ kind: 'paragraph', parts: [{ kind: 'text', text }] }];
  }
}

function blockOf(token: Token): Block[] {
  const known = token as MarkedToken;
  switch (known.type) {
    case 'heading':
      return [{ kind: 'heading', level: known.depth, parts: inlines(known.tokens) }];
    case 'paragraph':
      return [{ kind: 'paragraph', parts: inlines(known.tokens) }];
    case 'text':
      return [{ kind: 'paragraph', parts: inlines(known.tokens ?? [known]) }];
    case 'code':
      return [{ kind: 'code', text: known.text }];
    case 'blockquote':
      return [{ kind: 'quote', blocks: known.tokens.flatMap(blockOf) }];
    case 'list':
      return [
        {
          kind: 'list',
          ordered: known.ordered,
          items: known.items.map((item) => [...taskMark(item), ...item.tokens.flatMap(blockOf)]),
        },
      ];
    case 'table':
      return [
        {
          kind: 'table',
          head: known.header.map((cell) => inlines(cell.tokens)),
          rows: known.rows.map((row) => row.map((cell) => inlines(cell.tokens))),
        },
      ];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'html':
      return [{ kind: 'paragraph', parts: [{ kind: 'text', text: known.raw.trim() }] }];
    case 'space':
    case 'def':
    case 'checkbox':
      return [];
    default:
      return [{ kind: 'paragraph', parts: [{ kind: 'text', text: token.raw }] }];
  }
}

function taskMark(item: { readonly task: boolean; readonly checked?: boolean }): Block[] {
  if (!item.task) return [];
  return [{ kind: 'paragraph', parts: [{ kind: 'text', text: item.checked === true ? '☑ ' : '☐ ' }] }];
}

function inlines(tokens: readonly Token[]): Inline[] {
  return tokens.map(inlineOf);
}

function inlineOf(token: Token): Inline {
  const known = token as MarkedToken;
  switch (known.type) {
    case 'codespan':
      return { kind: 'code', text: known.text };
    case 'strong':
    case 'em':
    case 'del':
      return { kind: known.type, parts: inlines(known.tokens) };
    case 'link':
      return { kind: 'link', href: known.href, parts: inlines(known.tokens) };
    case 'image':
      return { kind: 'link', href: known.href, parts: [{ kind: 'text', text: known.text || known.href }] };
    case 'br':
      return { kind: 'break' };
    case 'escape':
    case 'text':
      return { kind: 'text', text: known.text };
    default:
      return { kind: 'text', text: token.raw };
  }
}
