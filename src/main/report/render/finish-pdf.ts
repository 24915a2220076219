import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFRef,
  PDFString,
} from 'pdf-lib';
import type { ReportModel } from '../model';
import { headings } from './headings';

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
  const { name, version } = model.tool;
  document.setTitle(model.title, { showInWindowTitleBar: true });
  document.setAuthor([model.head.examiner, model.head.organisation].filter(Boolean).join(', '));
  document.setSubject(`Case ${model.case.name}`);
  document.setProducer(`${name} ${version}`);
  document.setCreator(`${name} ${version}`);
  document.setCreationDate(written);
  document.setModificationDate(written);
  outline(document, model);
  return { bytes: await document.save({ useObjectStreams: true }), pages: document.getPageCount() };
}

interface Item {
  readonly title: string;
  readonly page: number;
  readonly children: Item[];
}

/** The sections of the contents, the second level below the first. */
function outline(document: PDFDocument, model: ReportModel): void {
  const pages = pagesOf(document);
  const items: Item[] = [];
  for (const { id, number, title, level } of headings(model)) {
    const page = pages.get(id);
    if (page === undefined) continue;
    const item: Item = { title: `${number}  ${title}`, page, children: [] };
    const parent = items.at(-1);
    if (level === 2 && parent) parent.children.push(item);
    else items.push(item);
  }
  document.catalog.set(PDFName.of('Lang'), PDFString.of('en'));
  if (items.length === 0) return;
  const root = document.context.nextRef();
  const top = document.context.obj({ Type: 'Outlines' });
  link(document, top, root, items);
  document.context.assign(root, top);
  document.catalog.set(PDFName.of('Outlines'), root);
  document.catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
}

/** Writes the items below `parent`, closed, and links them to each other. */
function link(document: PDFDocument, parent: PDFDict, parentRef: PDFRef, items: readonly Item[]): void {
  const { context } = document;
  const refs = items.map(() => context.nextRef());
  items.forEach((item, i) => {
    const [own, previous, following] = [refs[i], refs[i - 1], refs[i + 1]];
    if (!own) return;
    const entry = context.obj({
      Title: PDFHexString.fromText(item.title),
      Parent: parentRef,
      Dest: [document.getPage(item.page - 1).ref, PDFName.of('XYZ'), null, null, null],
    });
    if (previous) entry.set(PDFName.of('Prev'), previous);
    if (following) entry.set(PDFName.of('Next'), following);
    if (item.children.length > 0) {
      link(document, entry, own, item.children);
      entry.set(PDFName.of('Count'), PDFNumber.of(-item.children.length));
    }
    context.assign(own, entry);
  });
  const [first, last] = [refs[0], refs.at(-1)];
  if (first && last) {
    parent.set(PDFName.of('First'), first);
    parent.set(PDFName.of('Last'), last);
  }
  parent.set(PDFName.of('Count'), PDFNumber.of(items.length));
}
