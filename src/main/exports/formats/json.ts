import type { ExportFormat } from '../format';

/** Everything but the records, as docs/export.schema.json describes it. */
export const json: ExportFormat = {
  name: 'json',
  extension: '.json',
  summary: 'incidents, findings and indicators for programs (docs/export.schema.json)',
  write: function* ({ source }) {
    const { case: origin, tool, writtenAt, incidents, findings, indicators, techniques } = source;
    const document = {
      schema: 'coldtrail-export/1',
      case: origin,
      tool,
      writtenAt,
      incidents,
      findings,
      indicators,
      techniques,
    };
    yield `${JSON.stringify(document, null, 1)}\n`;
  },
};
