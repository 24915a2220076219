import type { PDFRef } from 'pdf-lib';
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFString,
  type PDFObject,
} from 'pdf-lib';
import type { ReportModel } from '../model';
import { headings } from './html';

/** The page (from 1) of every destination that Chromium wrote for a linked id. */
export async function destinationPages(bytes: Uint8Array): Promise<Map<string, number>> {
  return pagesOf(await PDFDocument.load(bytes, { updateMetadata: false }));
}

function pagesOf(document: PDFDocument): Map<string, number> {
  const index = new Map(document.getPages().map((page, i) => [page.ref.toString(), i + 1]));
  const out = new Map<string, number>();
  const add = (name: string, target: PDFObject | undefined) => {
    const list = target instanceof PDFDict ? target.lookup(PDFName.of('D')) : target;
    const page = list instanceof PDFArray ? index.get(list.get(0).toString()) : undefined;
    if (page !== undefined) out.set(name, page);
  };
  const dests = document.catalog.lookup(PDFName.of('Dests'));
  if (dests instanceof PDFDict)
    for (const [name] of dests.entries()) add(name.decodeText(), dests.lookup(name));
  return out;
}

/** Sets title, author, fixed dates and an outline of the sections. The dates are the time of writing of the model. */
export async function finishPdf(
  bytes: Uint8Array,
  model: ReportModel,
): Promise<{ bytes: Uint8Array; pages: number }> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const written = new Date(model.writtenAt);
  document.setTitle(model.title, { showInWindowTitleBar: true });
  document.setAuthor('');
  document.setSubject(`Case ${model.case.name}`);
  document.setProducer(`${model.tool.name} ${model.tool.version}`);
  document.setCreator(`${model.tool.name} ${model.tool.version}`);
  document.setCreationDate(written);
  document.setModificationDate(written);
  outline(document, model);
  return { bytes: await document.save({ useObjectStreams: true }), pages: document.getPageCount() };
}

function outline(document: PDFDocument, model: ReportModel): void {
  const pages = pagesOf(document);
  const entries = headings(model).filter((h) => h.level === 1 && pages.has(h.id));
  if (entries.length === 0) return;
  const { context } = document;
  const root = context.nextRef();
  const refs: PDFRef[] = entries.map(() => context.nextRef());
  entries.forEach((entry, i) => {
    const page = document.getPage((pages.get(entry.id) ?? 1) - 1);
    const item = context.obj({
      Title: PDFHexString.fromText(entry.title),
      Parent: root,
      Dest: [page.ref, PDFName.of('XYZ'), null, null, null],
    });
    const [previous, following] = [refs[i - 1], refs[i + 1]];
    if (previous) item.set(PDFName.of('Prev'), previous);
    if (following) item.set(PDFName.of('Next'), following);
    const ref = refs[i];
    if (ref) context.assign(ref, item);
  });
  const top = context.obj({ Type: 'Outlines', Count: PDFNumber.of(entries.length) });
  const [first, last] = [refs[0], refs.at(-1)];
  if (first && last) {
    top.set(PDFName.of('First'), first);
    top.set(PDFName.of('Last'), last);
  }
  context.assign(root, top);
  document.catalog.set(PDFName.of('Outlines'), root);
  document.catalog.set(PDFName.of('Lang'), PDFString.of('en'));
}
