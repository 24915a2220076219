import { readFile, writeFile } from 'node:fs/promises';
import { BrowserWindow } from 'electron';

const style = 'font-size:7.5px;width:100%;padding:0 18mm;color:#56677c;display:flex;justify-content:space-between;font-family:sans-serif';
const header = `<div style="${style}"><span>Coldtrail incident report</span><span>Confidential</span></div>`;
const footer = `<div style="${style}"><span class="title"></span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;

/**
 * Prints a page to PDF (A4, header, footer with page numbers) in a hidden window of its own: sandboxed, without scripts,
 * without a session that could reach anything. The page is data; nothing else is loaded.
 */
export async function printHtml(file: string): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    backgroundColor: '#ffffff',
    webPreferences: { sandbox: true, contextIsolation: true, javascript: false, partition: 'print' },
  });
  try {
    window.webContents.session.webRequest.onBeforeRequest((details, done) => done({ cancel: !details.url.startsWith('file:') }));
    await window.loadFile(file);
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
      displayHeaderFooter: true,
      headerTemplate: header,
      footerTemplate: footer,
    });
  } finally {
    window.destroy();
  }
}

/** The mode that the command line starts: prints one file and says by its exit code how it went. */
export async function printMode(html: string, pdf: string): Promise<0 | 1> {
  try {
    await readFile(html);
    await writeFile(pdf, await printHtml(html));
    return 0;
  } catch (error) {
    process.stderr.write(`print: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}
