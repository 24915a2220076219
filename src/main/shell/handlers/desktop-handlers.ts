import { writeFile } from 'node:fs/promises';
import { clipboard, dialog, shell, type BrowserWindow } from 'electron';
import * as v from 'valibot';
import type { Handlers } from '../../queries/handlers';
import { readJsonFile, writeJsonFileSync } from '../json-file';

type DesktopCall =
  | 'dialog/bundle'
  | 'dialog/case'
  | 'dialog/save'
  | 'dialog/picture'
  | 'shell/reveal'
  | 'clipboard/write'
  | 'session/get'
  | 'session/set';

/** Dialogs, clipboard and file manager. `granted` collects the files that the user chose to be written. */
export function desktopHandlers(
  window: BrowserWindow,
  granted: Set<string>,
  sessionFile: string,
): Handlers<DesktopCall> {
  const choose = async (title: string, properties: ('openDirectory' | 'openFile' | 'multiSelections')[]) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties });
    return canceled || filePaths.length === 0 ? null : filePaths;
  };
  const chooseTarget = async (title: string, name: string, extension: string) => {
    const filters = [{ name: extension.toUpperCase(), extensions: [extension] }];
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title,
      defaultPath: name,
      filters,
    });
    if (canceled || !filePath) return null;
    return filePath.toLowerCase().endsWith(`.${extension}`) ? filePath : `${filePath}.${extension}`;
  };
  return {
    // Linux and Windows show a chooser of folders or of files, never of both; files have their own menu entry.
    'dialog/bundle': () =>
      choose(
        'Open a bundle of logs',
        process.platform === 'darwin'
          ? ['openFile', 'openDirectory', 'multiSelections']
          : ['openDirectory', 'multiSelections'],
      ),
    'dialog/case': async () => (await choose('Open a case', ['openDirectory']))?.[0] ?? null,
    'dialog/save': async ({ title, name, extension }) => {
      const path = await chooseTarget(title, name, extension);
      if (path !== null) granted.add(path);
      return path;
    },
    'dialog/picture': async ({ name, extension, content }) => {
      const path = await chooseTarget('Export picture', `${name}.${extension}`, extension);
      if (path !== null) await writeFile(path, Buffer.from(content, 'base64'));
      return path;
    },
    'shell/reveal': ({ path }) => {
      shell.showItemInFolder(path);
      return Promise.resolve(null);
    },
    'session/get': () => Promise.resolve(readJsonFile(sessionFile, v.nullable(v.string()), null)),
    'session/set': ({ text }) => {
      writeJsonFileSync(sessionFile, text);
      return Promise.resolve(null);
    },
    'clipboard/write': ({ text }) => {
      // Newer runtimes answer with a promise, older ones at once.
      return Promise.resolve(clipboard.writeText(text)).then(() => null);
    },
  };
}
