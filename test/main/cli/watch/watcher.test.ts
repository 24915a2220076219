import { mkdtemp, readFile, rm, utimes, writeFile, mkdir, appendFile, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { look, type Arrival } from '../../../../src/main/cli/watch/look';
import { readQueue } from '../../../../src/main/cli/watch/queue-file';
import { QUEUE_FILE, watch, type WatchEvent } from '../../../../src/main/cli/watch/watcher';

const FOLDER = '/in';
const START = Date.UTC(2025, 0, 1);
const TURN_MS = 10_000;
let out: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'coldtrail-watch-'));
});
afterEach(() => rm(out, { recursive: true, force: true }));

const arrival = (name: string, state = '1 10 1'): Arrival => ({ name, path: `${FOLDER}/${name}`, state });

interface Script {
  /** What lies in the folder at each turn; the last one stays. */
  readonly turns: readonly (readonly Arrival[])[];
  readonly work?: (bundle: string, out: string) => Promise<{ incidents: number; detail: string }>;
  readonly once?: boolean;
  readonly retry?: boolean;
  readonly stopAfter?: number;
}

/** Runs a watcher over a script: no clock and no folder but those of the script. */
async function play({ turns, work, once = true, retry = false, stopAfter = 50 }: Script) {
  const events: WatchEvent[] = [];
  const worked: string[] = [];
  const abort = new AbortController();
  let turn = 0;
  let now = START;
  const jobs = await watch(
    { folder: FOLDER, out, settleMs: 3 * TURN_MS, once, retry },
    {
      look: () => Promise.resolve(turns[Math.min(turn, turns.length - 1)] ?? []),
      work: (bundle, folder) => {
        worked.push(bundle);
        return work ? work(bundle, folder) : Promise.resolve({ incidents: 2, detail: '' });
      },
      now: () => now,
      pause: () => {
        now += TURN_MS;
        turn += 1;
        if (turn >= stopAfter) abort.abort();
        return Promise.resolve();
      },
      tell: (event) => {
        events.push(event);
        return Promise.resolve();
      },
      signal: abort.signal,
    },
  );
  return { jobs, events, worked, abort, turns: turn };
}

const stored = () => readQueue(join(out, QUEUE_FILE), FOLDER);

describe('a watched folder', () => {
  it('takes a bundle when it has lain unchanged for the time asked for, and once', async () => {
    const growing = [arrival('a.zip', '1 10 1'), arrival('a.zip', '1 20 2'), arrival('a.zip', '1 30 3')];
    const { worked, events, jobs, turns } = await play({ turns: growing.map((a) => [a]) });
    expect(worked).toEqual(['/in/a.zip']);
    // Seen to change at the turns 0 to 2, then three turns of rest.
    expect(turns).toBe(5);
    expect(events.map((e) => e.event)).toEqual(['found', 'started', 'done']);
    expect(events[2]).toEqual({
      event: 'done',
      at: '2025-01-01T00:00:50.000Z',
      name: 'a.zip',
      out: 'a',
      incidents: 2,
    });
    expect(jobs).toEqual(await stored());
    expect((await play({ turns: [[arrival('a.zip', '1 30 3')]] })).worked).toEqual([]);
  });

  it('takes what changed after it was done as another bundle, beside the first', async () => {
    await play({ turns: [[arrival('a.zip')]] });
    const { jobs } = await play({ turns: [[arrival('a.zip', '1 99 9')]] });
    expect(jobs.map(({ out: o, stage }) => [o, stage])).toEqual([
      ['a', 'done'],
      ['a-2', 'done'],
    ]);
    const { jobs: more } = await play({ turns: [[arrival('a'), arrival('watch.json')]] });
    expect(more.map((j) => j.out)).toEqual(['a', 'a-2', 'a-3', 'watch']);
  });

  it('goes on after a bundle that fails, keeps it with its reason, and takes it again when asked', async () => {
    const work = (bundle: string) =>
      bundle.endsWith('bad')
        ? Promise.reject(new Error('no space left'))
        : Promise.resolve({ incidents: 0, detail: '' });
    const turns = [[arrival('bad'), arrival('good')]];
    const first = await play({ turns, work });
    expect(first.jobs.map(({ name, stage, detail }) => [name, stage, detail])).toEqual([
      ['bad', 'failed', 'no space left'],
      ['good', 'done', ''],
    ]);
    expect((await play({ turns, work })).worked).toEqual([]);
    const again = await play({ turns, work, retry: true, once: false, stopAfter: 6 });
    expect(again.worked).toEqual(['/in/bad']);
    const mended = await play({ turns, retry: true });
    expect(mended.worked).toEqual(['/in/bad']);
    expect((await stored()).map((j) => j.stage)).toEqual(['done', 'done']);
  });

  it('tells apart what was done with issues', async () => {
    const { jobs, events } = await play({
      turns: [[arrival('a')]],
      work: () => Promise.resolve({ incidents: 1, detail: 'report.pdf: no runtime' }),
    });
    expect(jobs[0]).toMatchObject({ stage: 'issues', incidents: 1, detail: 'report.pdf: no runtime' });
    expect(events.at(-1)).toMatchObject({ event: 'issues', detail: 'report.pdf: no runtime' });
  });

  it('goes on with a bundle during which it was killed, and gives it up the second time', async () => {
    const turns = [[arrival('a')]];
    // What a killed watcher leaves is what stands in the queue while it works.
    let left = '';
    const kill = async () => {
      left = await readFile(join(out, QUEUE_FILE), 'utf8');
      return { incidents: 0, detail: '' };
    };
    await play({ turns, work: kill });
    await writeFile(join(out, QUEUE_FILE), left);
    const second = await play({ turns, work: kill });
    expect(second.worked).toEqual(['/in/a']);
    expect(second.jobs[0]?.out).toBe('a');
    await writeFile(join(out, QUEUE_FILE), left);
    const third = await play({ turns });
    expect(third.worked).toEqual([]);
    expect(third.jobs[0]).toMatchObject({ stage: 'failed', attempts: 2 });
  });

  it('ends at a signal without counting the bundle as failed or tried', async () => {
    const turns = [[arrival('a'), arrival('b')]];
    const abort = new AbortController();
    const world = {
      look: () => Promise.resolve(turns[0] ?? []),
      work: () => {
        abort.abort();
        return Promise.reject(new Error('cancelled'));
      },
      now: () => START,
      pause: () => Promise.resolve(),
      tell: () => Promise.resolve(),
      signal: abort.signal,
    };
    const order = { folder: FOLDER, out, settleMs: 0, once: false, retry: false };
    expect(await watch(order, world)).toMatchObject([{ name: 'a', stage: 'running', attempts: 0 }]);
    expect((await play({ turns })).worked).toEqual(['/in/a', '/in/b']);
  });

  it('says once that it has nothing to do', async () => {
    const { events } = await play({ turns: [[]], once: false, stopAfter: 5 });
    expect(events.map((e) => e.event)).toEqual(['idle']);
  });

  it('refuses the queue of another folder and what is no queue', async () => {
    await play({ turns: [[arrival('a')]] });
    await expect(readQueue(join(out, QUEUE_FILE), '/other')).rejects.toThrow(/queue of \/in/);
    await writeFile(join(out, QUEUE_FILE), '{"jobs":[]}');
    await expect(stored()).rejects.toThrow(/no queue/);
  });
});

describe('looking at a folder', () => {
  it('tells bundles by what they hold, not what is hidden, empty, linked or being written', async () => {
    await mkdir(join(out, 'bundle', 'deep'), { recursive: true });
    await mkdir(join(out, 'empty'));
    await mkdir(join(out, 'half'));
    const file = join(out, 'bundle', 'deep', 'x.json');
    await writeFile(file, '{}');
    await writeFile(join(out, 'one.zip'), 'PK');
    await writeFile(join(out, '.hidden'), 'x');
    await writeFile(join(out, 'two.zip.part'), 'x');
    await writeFile(join(out, 'half', 'x.json.tmp'), 'x');
    await symlink('/', join(out, 'link'));
    const before = await look(out);
    expect(before.map((a) => a.name)).toEqual(['bundle', 'one.zip']);
    await appendFile(file, ' ');
    const grown = await look(out);
    expect(grown[0]?.state).not.toBe(before[0]?.state);
    expect(grown[1]).toEqual(before[1]);
    await utimes(file, 1, 1);
    expect((await look(out))[0]?.state).not.toBe(grown[0]?.state);
  });
});
