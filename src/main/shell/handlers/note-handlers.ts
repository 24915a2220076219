import { dialog, type BrowserWindow } from 'electron';
import { annotate, removeAnnotation } from '../../custody/annotate';
import { exportNotes, mergeNotes } from '../../custody/hand-over';
import type { Handlers } from '../../queries/handlers';
import type { CurrentCase } from '../current-case';

type NoteCall = 'notes/put' | 'notes/remove' | 'notes/export' | 'notes/merge';

const FILTERS = [{ name: 'Notes of Coldtrail', extensions: ['json'] }];

/** Writing into the case what its analysts think, and handing it over. */
export function noteHandlers(window: BrowserWindow, current: CurrentCase): Handlers<NoteCall> {
  return {
    'notes/put': (state) =>
      current.annotate(async ({ caseFolder }) => ({ id: await annotate(caseFolder, state) })),
    'notes/remove': ({ id }) =>
      current.annotate(async ({ connection, caseFolder }) => {
        await removeAnnotation(connection, caseFolder, id);
        return null;
      }),
    'notes/export': async () => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        title: 'Export notes',
        defaultPath: 'notes.json',
        filters: FILTERS,
      });
      if (canceled || !filePath) return null;
      const path = filePath.toLowerCase().endsWith('.json') ? filePath : `${filePath}.json`;
      return current.ask(async ({ caseFolder }) => ({ path, count: await exportNotes(caseFolder, path) }));
    },
    'notes/merge': async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Merge the notes of another analyst',
        filters: FILTERS,
        properties: ['openFile'],
      });
      const [path] = filePaths;
      if (canceled || path === undefined) return null;
      return current.annotate(({ connection, caseFolder }) => mergeNotes(connection, caseFolder, path));
    },
  };
}
