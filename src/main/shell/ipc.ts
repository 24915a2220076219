import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import { pushes, type PushName, type Pushes } from '../../shared/contract/events';
import type { Result } from '../../shared/errors/result';
import { dispatch } from '../queries/dispatch';
import type { Log } from '../diagnostics/log';
import type { Handlers } from '../queries/handlers';
import type { HiddenNames } from './hidden-names';

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
  /** Of the case that is open then. */
  readonly log: () => Log;
  readonly names: HiddenNames;
}

/** The one door between page and main: only the top frame of the window, only on its own origin, is answered. */
export function answerCalls(window: BrowserWindow, { origin, handlers, ready, log, names }: Door): void {
  const isWindow = (event: IpcMainInvokeEvent) =>
    event.sender === window.webContents &&
    event.senderFrame === window.webContents.mainFrame &&
    event.senderFrame.url.startsWith(`${origin}/`);
  ipcMain.handle('call', async (event, name: unknown, request: unknown) => {
    if (!isWindow(event)) return REFUSED;
    await ready;
    const begun = performance.now();
    const answer = await dispatch(handlers, name, request, () => names.screen());
    noteCall(log(), { name, answer, ms: Math.round(performance.now() - begun) });
    return answer;
  });
  window.once('closed', () => ipcMain.removeHandler('call'));
}

/** The names of calls are the program's own once they were answered; a refused one may be any text. */
function noteCall(
  log: Log,
  { name, answer, ms }: { name: unknown; answer: Result<unknown>; ms: number },
): void {
  if (answer.ok) log.debug('call', { call: String(name), ms });
  else log.warn('call.failed', { call: String(name).slice(0, 60), ms, code: answer.error.code });
}

export type Push = <N extends PushName>(name: N, payload: Pushes[N]) => void;

/** Sends events to the page, checked against the contract first, with pseudonyms where names are hidden. */
export function pushTo(window: BrowserWindow, names: HiddenNames): Push {
  const send = (name: PushName, payload: unknown) => {
    if (!window.isDestroyed()) window.webContents.send(`push:${name}`, payload);
  };
  return (name, payload) => {
    if (window.isDestroyed()) return;
    const checked: unknown = v.parse(pushes[name], payload);
    if (!names.areHidden) return send(name, checked);
    // What cannot be shown with pseudonyms is not shown.
    void names.screen().then(
      (screen) => send(name, screen === null ? checked : screen.shown(checked)),
      () => undefined,
    );
  };
}
