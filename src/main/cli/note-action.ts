import type { CaseFolder } from '../case/case-folder';
import { logAction, type Action } from '../custody/action-log';
import type { CommandIo } from './command';

/** Adds a line to the case's log of actions; a case that cannot be written is still read, and that is said. */
export async function noteAction(
  caseFolder: CaseFolder,
  io: CommandIo,
  action: Action['action'],
  detail: Action['detail'],
): Promise<void> {
  await logAction(caseFolder, action, detail).catch((error: unknown) => {
    io.note(`Not logged in the case: ${error instanceof Error ? error.message : String(error)}`);
  });
}
