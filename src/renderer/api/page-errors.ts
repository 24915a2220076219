import type { Client } from './client';

/** A loop that fails on every frame must not fill the disk with reports. */
const MOST = 5;
const MOST_TEXT = { name: 100, message: 20_000, stack: 40_000 };

/** Tells main of errors that nobody caught, so that a crash report is kept. */
export function reportPageErrors(client: Client): void {
  let told = 0;
  const tell = (error: unknown): void => {
    if (told >= MOST) return;
    told += 1;
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const request = {
      name: name.slice(0, MOST_TEXT.name),
      message: message.slice(0, MOST_TEXT.message),
      stack: stack.slice(0, MOST_TEXT.stack),
    };
    // Where the report of a failure fails nothing is left to do.
    client.call('crash/page', request).catch(() => undefined);
  };
  window.addEventListener('error', (event) => tell(event.error));
  window.addEventListener('unhandledrejection', (event) => tell(event.reason));
}
