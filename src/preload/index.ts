import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { contract } from '../shared/contract/index';
import { pushes } from '../shared/contract/events';
import type { CoreApi } from './api';

/** Older runtimes have no webUtils; there a File carries its path itself. */
function pathOf(file: File): string {
  const utils = webUtils as typeof webUtils | undefined;
  return utils ? utils.getPathForFile(file) : ((file as File & { path?: string }).path ?? '');
}

const api: CoreApi = {
  invoke: (channel, request) => {
    if (!Object.hasOwn(contract, channel)) return Promise.reject(new Error(`There is no call ${channel}.`));
    return ipcRenderer.invoke('call', channel, request) as ReturnType<CoreApi['invoke']>;
  },
  on: (name, listener) => {
    if (!Object.hasOwn(pushes, name)) throw new Error(`There is no event ${name}.`);
    const deliver = (_event: unknown, payload: unknown) =>
      listener(payload as Parameters<typeof listener>[0]);
    ipcRenderer.on(`push:${name}`, deliver);
    return () => ipcRenderer.removeListener(`push:${name}`, deliver);
  },
  pathForFile: (file) => pathOf(file),
};

contextBridge.exposeInMainWorld('coldtrail', api);
