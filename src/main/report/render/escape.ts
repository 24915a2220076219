const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
// Control characters and bidirectional overrides could hide or reorder evidence on paper: they are printed as codes.

const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Text of a log as HTML text: never markup, nothing invisible. */
export function escape(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c)
    .replace(
      INVISIBLE,
      (c) => `<span class="code">\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}</span>`,
    );
}

/** The same for SVG and attributes, where no element may appear. */
export function escapePlain(text: string): string {
  return text
    .replace(INVISIBLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}

/** A long id that may break anywhere but prefers separators. */
export function breakable(text: string): string {
  return escape(text).replace(/([/:|,])/g, '$1<wbr>');
}
