import { describe, expect, it } from 'vitest';
import { WorkerSupervisor, type WorkerProcess } from '../../../src/main/shell/worker-supervisor';
import type { JobSpec, ToWorker } from '../../../src/main/worker/messages';

const job: JobSpec = { kind: 'analyse', caseDir: '/case', baselineDays: 14 };

function bench() {
  const workers: {
    sent: ToWorker[];
    say: (m: unknown) => void;
    die: (detail: string) => void;
    killed: boolean;
  }[] = [];
  const seen: unknown[] = [];
  const fork = (): WorkerProcess => {
    const worker = {
      sent: [],
      say: (): void => {},
      die: (): void => {},
      killed: false,
    } as (typeof workers)[number];
    workers.push(worker);
    return {
      send: (message) => worker.sent.push(message),
      onMessage: (listener) => (worker.say = listener),
      onExit: (listener) => (worker.die = listener),
      kill: () => (worker.killed = true),
    };
  };
  const supervisor = new WorkerSupervisor(fork, {
    progress: (progress) => seen.push(['progress', progress.share]),
    done: (jobId, error) => seen.push(['done', jobId, error?.code ?? null]),
    restarted: (detail, resumed) => seen.push(['restarted', detail, resumed]),
  });
  return { supervisor, workers, seen };
}

describe('the worker supervisor', () => {
  it('starts a worker for the first job and reports its end', () => {
    const { supervisor, workers, seen } = bench();
    supervisor.run('1', job);
    workers[0]!.say({ type: 'done', jobId: '1', error: null });
    expect(workers).toHaveLength(1);
    expect(workers[0]!.sent).toEqual([{ type: 'run', jobId: '1', job, logLevel: 'info' }]);
    expect(seen).toEqual([['done', '1', null]]);
    expect(supervisor.runningJobId).toBeNull();
  });

  it('keeps a job paused that goes on in the next worker', () => {
    const { supervisor, workers } = bench();
    supervisor.run('1', job);
    supervisor.pause('other', true);
    supervisor.pause('1', true);
    workers[0]!.die('SIGKILL');
    supervisor.pause('1', false);
    expect(workers.map(({ sent }) => sent.map((m) => (m.type === 'pause' ? m.paused : m.type)))).toEqual([
      ['run', true],
      ['run', true, false],
    ]);
  });

  it('gives the job of a worker that died to the next one, once', () => {
    const { supervisor, workers, seen } = bench();
    supervisor.run('1', job);
    workers[0]!.die('exit code 139');
    expect(workers[1]!.sent).toEqual([{ type: 'run', jobId: '1', job, logLevel: 'info' }]);
    workers[1]!.die('exit code 139');
    expect(workers).toHaveLength(2);
    expect(seen).toEqual([
      ['restarted', 'exit code 139', true],
      ['restarted', 'exit code 139', false],
      ['done', '1', 'worker.gone'],
    ]);
  });

  it('drops what is not of the protocol and what a dead worker still says', () => {
    const { supervisor, workers, seen } = bench();
    supervisor.run('1', job);
    workers[0]!.say({ type: 'done', jobId: 'another', error: null });
    workers[0]!.say({ type: 'progress', progress: { share: 'all of it' } });
    workers[0]!.say('nonsense');
    workers[0]!.die('exit code 1');
    workers[0]!.say({ type: 'done', jobId: '1', error: null });
    expect(seen).toEqual([['restarted', 'exit code 1', true]]);
  });

  it('is silent about a worker it ends itself', () => {
    const { supervisor, workers, seen } = bench();
    supervisor.run('1', job);
    supervisor.stop();
    workers[0]!.die('exit code 0');
    expect(workers[0]!.killed).toBe(true);
    expect(seen).toEqual([]);
  });
});
