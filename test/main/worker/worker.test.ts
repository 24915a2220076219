import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/shared/errors/app-error';
import type { FromWorker, JobProgress } from '../../../src/main/worker/messages';
import { Gate } from '../../../src/main/worker/gate';
import { ProgressMeter } from '../../../src/main/worker/progress-meter';
import { serve } from '../../../src/main/worker/serve';

const job = { kind: 'analyse', caseDir: '/case', baselineDays: 14 } as const;

describe('the progress meter', () => {
  it('reports at most ten times a second, with rate and time left', () => {
    const sent: JobProgress[] = [];
    let now = 0;
    const meter = new ProgressMeter(
      '1',
      (progress) => sent.push(progress),
      () => now,
    );
    for (let i = 0; i <= 200; i += 1) {
      now = i * 10;
      meter.report({ phase: 'import', step: 'Reading', share: i / 400, records: i * 50, bytesTotal: 1000 });
    }
    expect(sent).toHaveLength(21);
    expect(sent.at(-1)).toMatchObject({
      share: 0.5,
      records: 10_000,
      recordsPerSecond: 5000,
      secondsLeft: 2,
      bytesTotal: 1000,
    });
    expect(sent[0]).toMatchObject({ secondsLeft: null, recordsPerSecond: 0 });
  });

  it('shows a new phase at once and keeps what the phase before counted', () => {
    const sent: JobProgress[] = [];
    const meter = new ProgressMeter(
      '1',
      (progress) => sent.push(progress),
      () => 5,
    );
    meter.report({ phase: 'import', step: 'a', share: 1, records: 7 });
    meter.report({ phase: 'analyse', step: 'b', share: 0 });
    expect(sent.map(({ phase, records }) => [phase, records])).toEqual([
      ['import', 7],
      ['analyse', 7],
    ]);
  });
});

describe('the worker', () => {
  function bench(run: Parameters<typeof serve>[1]) {
    const sent: FromWorker[] = [];
    let receive: (message: unknown) => void = () => {};
    serve({ send: (message) => sent.push(message), receive: (listener) => (receive = listener) }, run);
    return { sent, receive: (message: unknown) => receive(message) };
  }

  it('runs a job and reports its failure by code', async () => {
    const { sent, receive } = bench(() => Promise.reject(new AppError('path.missing', { path: '/x' })));
    receive({ type: 'run', jobId: '1', job, logLevel: 'info' });
    await Promise.resolve().then(() => undefined);
    expect(sent.at(-1)).toEqual({
      type: 'done',
      jobId: '1',
      error: { code: 'path.missing', params: { path: '/x' } },
    });
  });

  it('cancels the job that is named and refuses a second one meanwhile', async () => {
    const { sent, receive } = bench(
      (_, { signal }) =>
        new Promise((_done, fail) => {
          signal.addEventListener('abort', () => fail(new Error('interrupted')));
        }),
    );
    receive({ type: 'run', jobId: '1', job, logLevel: 'info' });
    receive({ type: 'run', jobId: '2', job, logLevel: 'info' });
    receive({ type: 'cancel', jobId: '2' });
    receive({ type: 'cancel', jobId: '1' });
    await new Promise((next) => setImmediate(next));
    expect(sent.filter((m) => m.type === 'done')).toMatchObject([
      { jobId: '2', error: { code: 'internal' } },
      { jobId: '1', error: { code: 'job.cancelled' } },
    ]);
  });

  it('takes nothing that is not of the protocol', () => {
    const { receive } = bench(() => Promise.resolve());
    expect(() => receive({ type: 'run', jobId: '1', logLevel: 'info', job: { kind: 'rm' } })).toThrow(
      /refused/,
    );
  });

  it('lets a paused job wait until it may go on, or is cancelled', async () => {
    const passed: string[] = [];
    const { sent, receive } = bench(async (_job, { whilePaused, signal }) => {
      receive({ type: 'pause', jobId: '1', paused: true });
      await whilePaused();
      passed.push('resumed');
      receive({ type: 'pause', jobId: '1', paused: true });
      await whilePaused();
      signal.throwIfAborted();
      passed.push('went on');
    });
    receive({ type: 'run', jobId: '1', job, logLevel: 'info' });
    await turn();
    expect(passed).toEqual([]);
    receive({ type: 'pause', jobId: 'other', paused: false });
    await turn();
    expect(passed).toEqual([]);
    receive({ type: 'pause', jobId: '1', paused: false });
    await turn();
    expect(passed).toEqual(['resumed']);
    receive({ type: 'cancel', jobId: '1' });
    await turn();
    expect(passed).toEqual(['resumed']);
    expect(sent.at(-1)).toMatchObject({ type: 'done', error: { code: 'job.cancelled' } });
  });

  it('counts no time in which a job was paused', () => {
    let now = 0;
    const gate = new Gate(() => now);
    gate.close();
    now = 40;
    expect(gate.closedMs).toBe(40);
    gate.open();
    now = 90;
    gate.open();
    expect(gate.closedMs).toBe(40);
  });
});

const turn = () => new Promise((done) => setImmediate(done));
