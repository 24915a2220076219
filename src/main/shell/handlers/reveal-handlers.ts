import { logAction } from '../../custody/action-log';
import type { Handlers } from '../../queries/handlers';
import { readRecord } from '../../queries/records';
import type { CurrentCase } from '../current-case';

/** Showing a record with its secrets. What cannot be written into the case's log of actions is not shown. */
export function revealHandlers(current: Pick<CurrentCase, 'annotate'>): Handlers<'records/reveal'> {
  return {
    'records/reveal': (place) =>
      current.annotate(async (context) => {
        const record = await readRecord(context, place);
        const { kind, file, recordNo, sha256 } = record;
        await logAction(context.caseFolder, 'revealed', { kind, file, record: recordNo, sha256 });
        return record;
      }),
  };
}
