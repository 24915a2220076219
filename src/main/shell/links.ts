import { dialog, type BrowserWindow } from 'electron';
import { errorText, fromEnvelope, toEnvelope, AppError } from '../../shared/errors/app-error';
import { parseDeepLink, type LinkedPlace } from '../../shared/model/deep-link';
import { CaseFolder } from '../case/case-folder';
import type { Handlers } from '../queries/handlers';
import type { CurrentCase } from './current-case';
import type { Push } from './ipc';
import { LINK } from './launch-arguments';
import type { RecentCases } from './recent-cases';

interface Parts {
  readonly window: BrowserWindow;
  readonly push: Push;
  readonly current: CurrentCase;
  readonly handlers: Pick<Handlers, 'case/open'>;
  readonly recent: RecentCases;
}

/** The link among the arguments of another start, or null. */
export function linkIn(argv: readonly string[]): string | null {
  return argv.find((argument) => argument.startsWith(LINK)) ?? null;
}

interface LinkFollower {
  /** Opens the case that a link names, unless it is open. Errors: `link.unreadable`, `link.unknownCase`, those of opening. */
  readonly reach: (link: string) => Promise<LinkedPlace>;
  /** Opens it and goes to the place; tells what fails. */
  readonly follow: (link: string | null) => Promise<void>;
}

/**
 * Follows links into cases. A link names a case by its id and never by a path: only the open case and those opened
 * before can be reached, whatever a stranger's document says.
 */
export function linkFollower({ window, push, current, handlers, recent }: Parts): LinkFollower {
  const reach = async (link: string): Promise<LinkedPlace> => {
    const parsed = parseDeepLink(link);
    if (parsed === null) throw new AppError('link.unreadable', { link: link.slice(0, 200) });
    const { caseId, place } = parsed;
    if ((await current.info())?.id !== caseId) {
      const path = await pathOf(caseId, recent);
      if (path === null) throw new AppError('link.unknownCase', { id: caseId });
      await handlers['case/open']({ path });
    }
    return place;
  };
  const follow = async (link: string | null): Promise<void> => {
    if (link === null || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.focus();
    try {
      const place = await reach(link);
      push('navigate', { view: place.view, params: { ...place.params }, scope: place.scope });
    } catch (error) {
      const { code, params } = toEnvelope(error);
      const detail = fromEnvelope({ code, params }).hint;
      void dialog.showMessageBox(window, { type: 'error', message: errorText(code, params), detail });
    }
  };
  return { reach, follow };
}

async function pathOf(caseId: string, recent: RecentCases): Promise<string | null> {
  for (const { path, missing } of recent.list()) {
    if (missing) continue;
    const id = await CaseFolder.open(path).then(
      ({ info }) => info.id,
      () => null,
    );
    if (id === caseId) return path;
  }
  return null;
}
