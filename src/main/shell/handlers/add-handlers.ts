import { keepSourceMaps } from '../../ingest/source-maps';
import type { Handlers } from '../../queries/handlers';
import { checkedMap, filesToMap } from '../../queries/source-maps';
import type { CurrentCase } from '../current-case';
import type { Jobs } from '../jobs';
import { assertExists, BASELINE_DAYS } from './case-handlers';

/** Importing more into the open case: further paths, and files that have got a source map. */
export function addHandlers(current: CurrentCase, jobs: Jobs): Handlers<'bundle/add' | 'bundle/map'> {
  const addPaths = (paths: readonly string[]): Promise<string> => {
    const caseDir = current.writableFolder().path;
    return jobs.start({ kind: 'open-bundle', caseDir, paths: [...paths], baselineDays: BASELINE_DAYS });
  };

  return {
    'bundle/add': async ({ paths }) => {
      jobs.assertIdle();
      for (const path of paths) await assertExists(path);
      return { jobId: await addPaths(paths) };
    },
    'bundle/map': async ({ fileId, map }) => {
      jobs.assertIdle();
      const { map: checked, ...written } = checkedMap(map);
      const found = await current.ask(({ connection }) => filesToMap(connection, fileId, checked));
      await keepSourceMaps(current.writableFolder(), [written]);
      return { jobId: await addPaths(found.paths), files: found.files };
    },
  };
}
