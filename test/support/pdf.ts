import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  type PDFObject,
  PDFRawStream,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { getDocumentProxy } from 'unpdf';

/** Points from the left and the lower edge of the page. */
interface PdfText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  /** In the order in which they are painted. */
  readonly texts: readonly PdfText[];
  /** What its links point at: the name of a place, or an address. */
  readonly links: readonly { readonly place: string | null; readonly url: string | null }[];
}

interface PdfOutline {
  readonly title: string;
  /** From 1. */
  readonly page: number;
  readonly children: readonly PdfOutline[];
}

export interface Pdf {
  readonly pages: readonly PdfPage[];
  /** The page of each named place, from 1. */
  readonly places: ReadonlyMap<string, number>;
  readonly outline: readonly PdfOutline[];
  readonly info: Readonly<Record<string, unknown>>;
}

/** Reads a PDF with PDF.js, which shares no code with what wrote it. */
export async function readPdf(bytes: Uint8Array): Promise<Pdf> {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  try {
    type Outline = NonNullable<Awaited<ReturnType<typeof document.getOutline>>>;
    const pageOf = async (place: unknown): Promise<number> => {
      const [ref] = place as [Parameters<typeof document.getPageIndex>[0]];
      return (await document.getPageIndex(ref)) + 1;
    };
    const outline = (items: Outline): Promise<PdfOutline[]> =>
      Promise.all(
        items.map(async ({ title, dest, items: below }) => ({
          title,
          page: await pageOf(dest),
          children: await outline(below as Outline),
        })),
      );
    const places = new Map<string, number>();
    for (const [name, place] of Object.entries(await document.getDestinations()))
      places.set(name, await pageOf(place));
    const pages: PdfPage[] = [];
    for (let n = 1; n <= document.numPages; n += 1) {
      const page = await document.getPage(n);
      const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
      const { items } = await page.getTextContent();
      const links = (await page.getAnnotations()) as { dest?: string; url?: string }[];
      pages.push({
        width: right - left,
        height: top - bottom,
        texts: items.flatMap((item) => {
          if (!('str' in item) || item.str.trim() === '') return [];
          const [, , , , x = 0, y = 0] = item.transform as number[];
          return [{ text: item.str, x: x - left, y: y - bottom, width: item.width }];
        }),
        links: links.map(({ dest, url }) => ({ place: dest ?? null, url: url ?? null })),
      });
    }
    const { info } = await document.getMetadata();
    return {
      pages,
      places,
      outline: await outline((await document.getOutline()) ?? []),
      info: info as Record<string, unknown>,
    };
  } finally {
    await document.destroy();
  }
}

/**
 * Every text that a PDF holds outside what is painted: strings of its objects (titles, outline, names of places), its
 * streams decompressed, and the texts that stand in those for painted ones.
 */
export async function hiddenTexts(bytes: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const out: string[] = [];
  const strings = (object: PDFObject | undefined): void => {
    if (object instanceof PDFString || object instanceof PDFHexString) out.push(object.decodeText());
    else if (object instanceof PDFArray) for (const inner of object.asArray()) strings(inner);
    else if (object instanceof PDFDict)
      for (const [name, inner] of object.entries()) {
        out.push(name.decodeText());
        strings(inner);
      }
  };
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    if (object instanceof PDFStream) strings(object.dict);
    else strings(object);
    if (!(object instanceof PDFRawStream)) continue;
    const text = Buffer.from(decodePDFRawStream(object).decode()).toString('latin1');
    out.push(text);
    for (const [, hex = ''] of text.matchAll(/<FEFF((?:[0-9A-F]{4})+)>/gi))
      out.push(Buffer.from(hex, 'hex').swap16().toString('utf16le'));
  }
  return out.join('\n');
}
