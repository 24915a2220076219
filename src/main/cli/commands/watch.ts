import { mkdir, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../../shared/errors/app-error';
import { takeLock } from '../../case/lock';
import { pathOf, required, wholeNumber } from '../arguments';
import { EXIT_WITH_ISSUES, type Command, type CommandIo } from '../command';
import { jsonLine } from '../output';
import { planOf, RUN_USAGE, runBundle, runOptions, type RunPlan } from '../run-bundle';
import { look } from '../watch/look';
import type { Job } from '../watch/queue-file';
import { watch, type WatchEvent, type WatchWorld } from '../watch/watcher';

export default {
  name: 'watch',
  summary: 'Do everything with each bundle that arrives in a folder, one after the other',
  usage: `watch <folder> --out <dir> [--settle-seconds 30] [--every-seconds 10] [--once] [--retry] ${RUN_USAGE} [--json]`,
  options: {
    ...runOptions,
    'settle-seconds': { type: 'string' },
    'every-seconds': { type: 'string' },
    once: { type: 'boolean' },
    retry: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  positionals: true,
  run: async ({ positionals, options, io }) => {
    const [named, ...rest] = positionals;
    if (named === undefined || rest.length > 0)
      throw new AppError('usage', { detail: 'Name the one folder in which bundles arrive.' });
    const folder = pathOf(io, named);
    const out = pathOf(io, required(options, 'out'));
    await assertApart(folder, out);
    const plan = await planOf(options, io);
    const limits = { min: 0, max: 86_400 };
    const settleMs = 1000 * wholeNumber(options, 'settle-seconds', 30, limits);
    const everyMs = 1000 * wholeNumber(options, 'every-seconds', 10, { ...limits, min: 1 });
    await mkdir(out, { recursive: true });
    const lock = await takeLock(out);
    try {
      const once = options['once'] === true;
      const jobs = await watch(
        { folder, out, settleMs, once, retry: options['retry'] === true },
        world({ folder, everyMs, plan, isJson: options['json'] === true, io }),
      );
      return exitOf(jobs);
    } finally {
      await lock.release();
    }
  },
} satisfies Command;

/** 3 when a bundle failed or left something out. */
function exitOf(jobs: readonly Job[]): number {
  return jobs.some((job) => job.stage !== 'done') ? EXIT_WITH_ISSUES : 0;
}

/** Errors: `path.missing`, `usage` where the output would arrive as a bundle, or a bundle as output. */
async function assertApart(folder: string, out: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    throw new AppError('path.missing', { path: folder }, { cause: error });
  });
  if (!found.isDirectory()) throw new AppError('usage', { detail: `${folder} is no folder.` });
  const inside = (inner: string, outer: string) => {
    const path = relative(outer, inner);
    return path === '' || (path !== '..' && !path.startsWith(`..${sep}`));
  };
  if (inside(out, folder) || inside(folder, out))
    throw new AppError('usage', { detail: 'The watched folder and --out may not lie in each other.' });
}

interface WorldParts {
  readonly folder: string;
  readonly everyMs: number;
  readonly plan: RunPlan;
  readonly isJson: boolean;
  readonly io: CommandIo;
}

function world({ folder, everyMs, plan, isJson, io }: WorldParts): WatchWorld {
  return {
    look: () => look(folder),
    work: async (bundle, out) => {
      const now = new Date().toISOString().replace('Z', '000Z');
      const { incidents, failures, issues } = await runBundle(plan, { paths: [bundle], out, now }, io);
      const unmade = failures.map((f) => `${f.what}: ${f.detail}`);
      const unread = issues.length > 0 ? [`${issues.length} files or records could not be read`] : [];
      return { incidents, detail: [...unmade, ...unread].join('; ') };
    },
    now: Date.now,
    // A signal ends the wait, and the loop sees it.
    pause: () => sleep(everyMs, undefined, { signal: io.signal }).catch(() => undefined),
    tell: (event) => io.print(isJson ? jsonLine(event) : told(event)),
    signal: io.signal,
  };
}

function told({ event, at, name, out, incidents, detail }: WatchEvent): string {
  const parts = [
    at,
    event,
    name ?? '',
    out ?? '',
    incidents === undefined ? '' : `${incidents} incidents`,
    detail ?? '',
  ];
  return `${parts.filter(Boolean).join('  ')}\n`;
}
