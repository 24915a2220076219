/** JSON text indented for reading; other text as it is. Numbers keep their digits because nothing is parsed. */
export function prettyJson(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return text;
  let out = '';
  let depth = 0;
  let inString = false;
  for (let i = 0; i < trimmed.length; i += 1) {
    const c = trimmed.charAt(i);
    if (inString) {
      out += c;
      if (c === '\\') out += trimmed.charAt((i += 1));
      else if (c === '"') inString = false;
    } else if (c === '"') {
      inString = true;
      out += c;
    } else if (c === '{' || c === '[') {
      const close = c === '{' ? '}' : ']';
      const next = /^\s*(.)/.exec(trimmed.slice(i + 1, i + 200))?.[1];
      if (next === close) {
        out += c + close;
        i = trimmed.indexOf(close, i);
      } else {
        depth += 1;
        out += `${c}\n${'  '.repeat(depth)}`;
      }
    } else if (c === '}' || c === ']') {
      depth = Math.max(0, depth - 1);
      out += `\n${'  '.repeat(depth)}${c}`;
    } else if (c === ',') out += `,\n${'  '.repeat(depth)}`;
    else if (c === ':') out += ': ';
    else if (!/\s/.test(c)) out += c;
  }
  return out;
}
