import { join, normalize, sep } from 'node:path';

/** Origin of the window's own files; no other origin is ever loaded. */
export const APP_ORIGIN = 'app://coldtrail';

/** The file behind an address, or null for another host or a path that climbs out of the folder. */
export function fileOf(address: string, folder: string): string | null {
  const url = new URL(address);
  if (url.host !== new URL(APP_ORIGIN).host) return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname === '/' ? '/index.html' : url.pathname);
  } catch {
    return null;
  }
  const wanted = normalize(join(folder, path));
  return wanted.startsWith(folder + sep) && !wanted.includes('\0') ? wanted : null;
}
