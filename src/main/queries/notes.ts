import type { Annotation } from '../../shared/contract/notes';
import { ANNOTATION_KINDS } from '../../shared/model/annotation';
import { brokenAt, readLog } from '../custody/action-log';
import type { QueryHandlers } from './handlers';
import annotationRowsSql from './sql/annotation-rows.sql?raw';

/** What the analysts wrote, with the state of the log it is read from. */
export const noteQueries: QueryHandlers<'notes/list'> = {
  'notes/list': async ({ connection, caseFolder }) => {
    const log = await readLog(caseFolder);
    return {
      rows: await connection.rows<Annotation>(annotationRowsSql, { kinds: JSON.stringify(ANNOTATION_KINDS) }),
      logLines: log.split('\n').filter((line) => line !== '').length,
      brokenAt: brokenAt(log),
    };
  },
};
