import { destinationPages, finishPdf } from './render/finish-pdf';
import { renderReportHtml } from './render/html';
import type { ReportModel } from './model';

/** What stands in the head of every page, left and right. */
export interface PageHead {
  readonly title: string;
  readonly note: string;
}
/** Prints a page of HTML to PDF bytes; the window's process and the command line each bring their own. */
export type PrintHtml = (html: string, head: PageHead) => Promise<Uint8Array>;

/**
 * The PDF of a report. It is printed twice: the first pass tells on which page each section falls, the second carries
 * those numbers in the table of contents; then title, outline and fixed dates are set.
 */
export async function printReport(
  model: ReportModel,
  print: PrintHtml,
): Promise<{ bytes: Uint8Array; pages: number }> {
  const { organisation, reference, classification, redaction } = model.head;
  const head = {
    title: [organisation, reference, `Case ${model.case.name}`].filter(Boolean).join('  |  '),
    note: redaction.length > 0 ? `${classification} - redacted` : classification,
  };
  const draft = await print(renderReportHtml(model, new Map()), head);
  const pages = await destinationPages(draft);
  const final = await print(renderReportHtml(model, pages), head);
  return finishPdf(final, model);
}
