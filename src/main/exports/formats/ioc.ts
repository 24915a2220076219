import type { ExportFormat } from '../format';

/** Plain lines; a line break in a value would make a line of its own. */
export const ioc: ExportFormat = {
  name: 'ioc',
  extension: '.txt',
  summary: 'indicators, one a line, for tools that take lists',
  write: function* ({ source }) {
    yield `# ${source.tool.name} ${source.tool.version}, case ${oneLine(source.case.name)}, ${source.indicators.length} indicators\n`;
    let kind = '';
    for (const { type, value } of source.indicators) {
      if (type !== kind) yield `# ${type}\n`;
      kind = type;
      yield `${oneLine(value)}\n`;
    }
  },
};

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
