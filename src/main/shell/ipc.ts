import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import { pushes, type PushName, type Pushes } from '../../shared/contract/events';
import type { Result } from '../../shared/errors/result';
import { dispatch } from '../queries/dispatch';
import type { Handlers } from '../queries/handlers';

const REFUSED: Result<never> = {
  ok: false,
  error: { code: 'ipc.invalid', params: { channel: 'call', detail: 'the sender is not the window' } },
};

interface Door {
  /** The only origin that is answered. */
  readonly origin: string;
  readonly handlers: Handlers;
  /** Nothing is answered before. */
  readonly ready: Promise<unknown>;
}

/** The one door between page and main: only the top frame of the window, only on its own origin, is answered. */
export function answerCalls(window: BrowserWindow, { origin, handlers, ready }: Door): void {
  const isWindow = (event: IpcMainInvokeEvent) =>
    event.sender === window.webContents &&
    event.senderFrame === window.webContents.mainFrame &&
    event.senderFrame.url.startsWith(`${origin}/`);
  ipcMain.handle('call', async (event, name: unknown, request: unknown) => {
    if (!isWindow(event)) return REFUSED;
    await ready;
    return dispatch(handlers, name, request);
  });
  window.once('closed', () => ipcMain.removeHandler('call'));
}

export type Push = <N extends PushName>(name: N, payload: Pushes[N]) => void;

/** Sends events to the page, checked against the contract first. */
export function pushTo(window: BrowserWindow): Push {
  return (name, payload) => {
    if (window.isDestroyed()) return;
    const checked: unknown = v.parse(pushes[name], payload);
    window.webContents.send(`push:${name}`, checked);
  };
}
