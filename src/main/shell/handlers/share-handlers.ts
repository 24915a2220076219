import { join } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import { logAction } from '../../custody/action-log';
import { shareRules, takeSharedRules } from '../../detections';
import { shareInvestigations, takeInvestigations } from '../../investigation/saved/share';
import type { Handlers } from '../../queries/handlers';
import type { CurrentCase } from '../current-case';

type ShareCall = 'keep/share' | 'keep/take' | 'rules/share' | 'rules/take';

/** Handing investigations and rules to other cases and analysts as folders; each way is a line in the log of actions. */
export function shareHandlers(window: BrowserWindow, current: CurrentCase): Handlers<ShareCall> {
  const choose = async (title: string): Promise<string | null> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title,
      properties: ['openDirectory', 'createDirectory'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  };
  /** A folder of its own below the chosen one, named after the moment. */
  const fresh = (below: string, what: string, now: string): string =>
    join(below, `coldtrail-${what}-${now.slice(0, 19).replace(/[-:]/g, '')}Z`);
  return {
    'keep/share': async ({ ids }) => {
      const below = await choose('Share the investigations: where');
      if (below === null) return null;
      const now = new Date().toISOString();
      const path = fresh(below, 'investigations', now);
      return current.annotate(async ({ caseFolder }) => {
        const count = await shareInvestigations(caseFolder, path, { ids, now });
        await logAction(caseFolder, 'investigated', { shared: path, count });
        return { path, count };
      });
    },
    'keep/take': async () => {
      const caseFolder = current.writableFolder();
      const path = await choose('Take over a folder of investigations');
      if (path === null) return null;
      const taken = await takeInvestigations(caseFolder, path);
      await logAction(caseFolder, 'investigated', { taken: path, added: taken.added });
      return taken;
    },
    'rules/share': async () => {
      const below = await choose('Share the rules: where');
      if (below === null) return null;
      const now = new Date().toISOString();
      const path = fresh(below, 'rules', now);
      return current.annotate(async ({ caseFolder }) => {
        const shared = await shareRules(caseFolder, path, now);
        await logAction(caseFolder, 'rules', { shared: path, rules: shared.rules });
        return { path, ...shared };
      });
    },
    'rules/take': async () => {
      const caseFolder = current.writableFolder();
      const path = await choose('Take over a folder of rules');
      if (path === null) return null;
      const taken = await takeSharedRules(caseFolder, path, new Date().toISOString());
      await logAction(caseFolder, 'rules', { taken: path, rules: taken.rules, disabled: taken.disabled });
      return taken;
    },
  };
}
