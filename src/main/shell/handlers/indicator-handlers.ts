import { dialog, type BrowserWindow } from 'electron';
import { logAction } from '../../custody/action-log';
import { importList, removeList } from '../../indicators/store';
import type { Handlers } from '../../queries/handlers';
import type { CurrentCase } from '../current-case';

/** Taking lists of indicators into the case and out of it; both are lines in its log of actions. */
export function indicatorHandlers(
  window: BrowserWindow,
  current: CurrentCase,
): Handlers<'indicators/import' | 'indicators/remove'> {
  return {
    'indicators/import': async () => {
      const caseFolder = current.writableFolder();
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Import a list of indicators',
        filters: [
          { name: 'Lists of indicators', extensions: ['txt', 'csv', 'json', 'stix', 'ioc'] },
          { name: 'All files', extensions: ['*'] },
        ],
        properties: ['openFile'],
      });
      const [path] = filePaths;
      if (canceled || path === undefined) return null;
      const { name, sha256 } = await importList(caseFolder, path, new Date().toISOString());
      await logAction(caseFolder, 'imported', { indicators: name, sha256 });
      return { name };
    },
    'indicators/remove': async ({ name }) => {
      const caseFolder = current.writableFolder();
      await removeList(caseFolder, name);
      await logAction(caseFolder, 'imported', { removed: name });
      return null;
    },
  };
}
