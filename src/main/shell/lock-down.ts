import type { Session, WebContents } from 'electron';

/** Refuses every permission and every request but those of the allowed origins. */
export function lockDownSession(session: Session, allowed: readonly string[]): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isAllowed(details.url, allowed) }),
  );
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
}

function isAllowed(url: string, allowed: readonly string[]): boolean {
  return (
    url.startsWith('blob:app://') ||
    url.startsWith('data:') ||
    allowed.some((origin) => url.startsWith(origin))
  );
}

/** Keeps a page where it is: no navigation, no new window, no embedded page. */
export function lockDownContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
