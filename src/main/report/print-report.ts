import { destinationPages, finishPdf } from './render/finish-pdf';
import { renderReportHtml } from './render/html';
import type { ReportModel } from './model';

/** Prints a page of HTML to PDF bytes; the window's process and the command line each bring their own. */
type PrintHtml = (html: string) => Promise<Uint8Array>;

/**
 * The PDF of a report. It is printed twice: the first pass tells on which page each section falls, the second carries
 * those numbers in the table of contents; then title, outline and fixed dates are set.
 */
export async function printReport(
  model: ReportModel,
  print: PrintHtml,
): Promise<{ bytes: Uint8Array; pages: number }> {
  const draft = await print(renderReportHtml(model, new Map()));
  const pages = await destinationPages(draft);
  const final = await print(renderReportHtml(model, pages));
  return finishPdf(final, model);
}
