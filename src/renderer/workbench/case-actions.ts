import { forgetSession } from './session';
import type { Workbench } from './workbench.svelte';

/** Opening and closing of cases and bundles, with failures shown as toasts. */
export interface CaseActions {
  /** Imports the paths into a new case; a path that is a case itself is opened instead. */
  openPaths(paths: readonly string[]): Promise<void>;
  chooseBundle(): Promise<void>;
  /** Imports further paths into the open case. */
  addPaths(paths: readonly string[]): Promise<void>;
  chooseMore(): Promise<void>;
  chooseCase(): Promise<void>;
  openCase(path: string): Promise<void>;
  openSample(): Promise<void>;
  closeCase(): Promise<void>;
  analyseAgain(baselineDays: number): Promise<void>;
}

export function caseActions(workbench: Workbench): CaseActions {
  const { client, jobs, toasts } = workbench;
  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      toasts.fail(error);
    }
  };
  const show = async (view: string): Promise<void> => {
    await workbench.window.refresh();
    workbench.window.desk.reset(view);
  };
  const importPaths = async (paths: readonly string[]): Promise<void> => {
    const { jobId } = await client.call('bundle/open', { paths: [...paths], caseDir: null });
    jobs.started(jobId);
    await show('evidence');
  };
  const addPaths = async (paths: readonly string[]): Promise<void> => {
    const { jobId } = await client.call('bundle/add', { paths: [...paths] });
    jobs.started(jobId);
    workbench.navigation.go('evidence');
  };
  const choosePaths = async (take: (paths: readonly string[]) => Promise<void>): Promise<void> => {
    const paths = await client.call('dialog/bundle', null);
    if (paths !== null && paths.length > 0) await take(paths);
  };
  const openCasePath = async (path: string): Promise<void> => {
    await client.call('case/open', { path });
    await show('summary');
  };
  return {
    openPaths: (paths) =>
      guarded(async () => {
        const [only] = paths;
        if (paths.length === 1 && only !== undefined && (await tryCase(only))) return;
        if (paths.length > 0) await importPaths(paths);
      }),
    chooseBundle: () => guarded(() => choosePaths(importPaths)),
    addPaths: (paths) => guarded(() => addPaths(paths)),
    chooseMore: () => guarded(() => choosePaths(addPaths)),
    chooseCase: () =>
      guarded(async () => {
        const path = await client.call('dialog/case', null);
        if (path !== null) await openCasePath(path);
      }),
    openCase: (path) => guarded(() => openCasePath(path)),
    openSample: () =>
      guarded(async () => {
        const { jobId } = await client.call('bundle/sample', null);
        jobs.started(jobId);
        await show('evidence');
      }),
    closeCase: () =>
      guarded(async () => {
        await client.call('case/close', null);
        await forgetSession(client);
        workbench.records.close();
        await show('summary');
      }),
    analyseAgain: (baselineDays) =>
      guarded(async () => {
        const { jobId } = await client.call('analysis/run', { baselineDays });
        jobs.started(jobId);
      }),
  };

  /** Whether the path was a case and is open now; any other refusal than "not a case" is the user's to see. */
  async function tryCase(path: string): Promise<boolean> {
    try {
      await openCasePath(path);
      return true;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === 'case.notACase' || code === 'path.unreadable') return false;
      throw error;
    }
  }
}
