import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { BrowserWindow, session } from 'electron';
import * as v from 'valibot';
import { lockDownContents } from './lock-down';

const PAGE = 'app://report/';
const CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const PrintOptions = v.object({
  /** Left in the head of every page. */
  title: v.optional(v.string(), 'Coldtrail incident report'),
  /** Right in the head of every page. */
  note: v.optional(v.string(), 'Confidential'),
});
type PrintOptions = v.InferInput<typeof PrintOptions>;

/**
 * Prints HTML to PDF (A4, head, foot with page numbers) in a hidden window of its own: sandboxed, without scripts, in a
 * session that holds this one page in memory and reaches nothing else. The HTML brings its own style and images.
 */
export async function printHtml(html: string, options: PrintOptions = {}): Promise<Uint8Array> {
  const { title, note } = v.parse(PrintOptions, options);
  const own = session.fromPartition(`print-${randomUUID()}`);
  own.protocol.handle('app', (request) =>
    request.url === PAGE
      ? new Response(html, {
          headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': CSP },
        })
      : new Response('', { status: 404 }),
  );
  own.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: details.url !== PAGE && !details.url.startsWith('data:image/') });
  });
  // Fresh preferences and a white ground: what the workbench's window sets must not leak onto the paper.
  const window = new BrowserWindow({
    show: false,
    backgroundColor: '#ffffff',
    webPreferences: { session: own, sandbox: true, contextIsolation: true, javascript: false },
  });
  try {
    await window.loadURL(PAGE);
    lockDownContents(window.webContents);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
      displayHeaderFooter: true,
      headerTemplate: band(`<span>${escape(title)}</span><span>${escape(note)}</span>`),
      footerTemplate: band(
        '<span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span>',
      ),
    });
  } finally {
    window.destroy();
    own.protocol.unhandle('app');
  }
}

/** The mode that the command line starts: prints one file and says by its exit code how it went. */
export async function printMode(launch: {
  readonly html: string;
  readonly pdf: string;
  readonly options: string | null;
}): Promise<0 | 1> {
  try {
    const options = v.parse(PrintOptions, launch.options === null ? {} : JSON.parse(launch.options));
    await writeFile(launch.pdf, await printHtml(await readFile(launch.html, 'utf8'), options));
    return 0;
  } catch (error) {
    process.stderr.write(`print: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function band(content: string): string {
  const style = [
    'font:7.5px sans-serif',
    'width:100%',
    // Chromium draws head and foot a third larger: 18 mm on paper, as the margins of the page.
    'padding:0 13.5mm',
    'color:#56677c',
    'display:flex',
    'justify-content:space-between',
  ];
  return `<div style="${style.join(';')}">${content}</div>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
