import { createRequire } from 'node:module';
import { expect } from 'vitest';

interface Page {
  readonly window: {
    readonly document: {
      querySelectorAll(selector: string): ArrayLike<{
        readonly tagName: string;
        readonly attributes: ArrayLike<{ readonly name: string; readonly value: string }>;
      }>;
    };
  };
}
// jsdom brings no types.
const { JSDOM } = createRequire(import.meta.url)('jsdom') as { readonly JSDOM: new (html: string) => Page };

/** Fails when a page has an element that runs or fetches, a handler, or an address outside itself. */
export function expectInert(html: string): void {
  const { document } = new JSDOM(html).window;
  expect(
    document.querySelectorAll('script, iframe, object, embed, link, base, form, meta[http-equiv=refresh]'),
  ).toHaveLength(0);
  for (const element of Array.from(document.querySelectorAll('*')))
    for (const { name, value } of Array.from(element.attributes)) {
      expect([element.tagName, name, name.startsWith('on')]).toEqual([element.tagName, name, false]);
      if (name === 'src' || name === 'href' || name === 'xlink:href')
        expect(value).toMatch(/^(#|data:image\/)/);
    }
}
