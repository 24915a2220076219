import { extname } from 'node:path';
import { REPORT_FORMATS, type ReportFormat } from '../../shared/model/report';
import type { ReportModel } from './model';
import { printReport, type PrintHtml } from './print-report';
import { renderReportPage } from './render/html';

/** The bytes of a report in a format; `pages` is 0 where there are none. */
export async function renderReport(
  model: ReportModel,
  format: ReportFormat,
  print: PrintHtml,
): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
  switch (format) {
    case 'pdf':
      return printReport(model, print);
    case 'html':
      return { bytes: Buffer.from(`${renderReportPage(model)}\n`), pages: 0 };
    case 'json':
      return { bytes: Buffer.from(`${JSON.stringify(model, null, 1)}\n`), pages: 0 };
  }
}

/** The format that a file's name asks for; null for another ending. */
export function formatOf(path: string): ReportFormat | null {
  const ending = extname(path).slice(1).toLowerCase();
  return REPORT_FORMATS.find((format) => format === ending) ?? null;
}
