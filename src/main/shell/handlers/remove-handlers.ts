import type { Handlers } from '../../queries/handlers';
import type { CurrentCase } from '../current-case';
import type { Jobs } from '../jobs';
import { BASELINE_DAYS } from './case-handlers';

const OF_SOURCE = `SELECT file_id FROM files WHERE source = $source ORDER BY file_id`;

/** Taking files, or all files of a source, out of the open case. */
export function removeHandlers(current: CurrentCase, jobs: Jobs): Handlers<'bundle/remove'> {
  return {
    'bundle/remove': async ({ what }) => {
      jobs.assertIdle();
      const caseDir = current.writableFolder().path;
      const fileIds =
        what.kind === 'file'
          ? [what.fileId]
          : await current.ask(async ({ connection }) => {
              const rows = await connection.rows<{ file_id: number }>(OF_SOURCE, { source: what.source });
              return rows.map((row) => row.file_id);
            });
      return { jobId: await jobs.start({ kind: 'remove', caseDir, fileIds, baselineDays: BASELINE_DAYS }) };
    },
  };
}
