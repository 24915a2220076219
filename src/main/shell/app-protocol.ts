import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { protocol, type Session } from 'electron';
import { PREVIEW_ORIGIN, type PreviewPage } from './preview-page';
import { fileOf } from './window-files';

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  `frame-src ${PREVIEW_ORIGIN}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const HEADERS = {
  'Content-Security-Policy': CSP,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Must run before the application is ready: gives app:// an origin of its own with the rights of https. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** What the preview of a report may do: show itself. It has an origin of its own and its frame is sandboxed. */
const PREVIEW_HEADERS = {
  ...HEADERS,
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
  'Content-Type': 'text/html; charset=utf-8',
};

/** Serves the built window from `folder` under app://coldtrail, nothing above that folder, and the preview. */
export function serveWindow(session: Session, folder: string, preview: PreviewPage): void {
  session.protocol.handle('app', async (request) => {
    const page = preview.get(request.url);
    if (page !== null) return new Response(page, { headers: PREVIEW_HEADERS });
    const file = fileOf(request.url, folder);
    const type = file === null ? undefined : TYPES[extname(file)];
    if (file === null || type === undefined)
      return new Response('Not found', { status: 404, headers: HEADERS });
    try {
      return new Response(await readFile(file), { headers: { ...HEADERS, 'Content-Type': type } });
    } catch {
      return new Response('Not found', { status: 404, headers: HEADERS });
    }
  });
}
