import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import type { CoreApi } from './api';

/** Electron 32 and later tell a dropped file's path only here; older runtimes put it on the file. */
function pathForFile(file: File & { readonly path?: string }): string {
  return (webUtils as typeof webUtils | undefined)?.getPathForFile(file) ?? file.path ?? '';
}

const api: CoreApi = {
  invoke: (channel, request) => ipcRenderer.invoke('call', channel, request) as ReturnType<CoreApi['invoke']>,
  on: (name, listener) => {
    const forward = (_event: IpcRendererEvent, pushed: string, payload: never) => {
      if (pushed === name) listener(payload);
    };
    ipcRenderer.on('push', forward);
    return () => ipcRenderer.removeListener('push', forward);
  },
  pathForFile,
};

contextBridge.exposeInMainWorld('coldtrail', api);
