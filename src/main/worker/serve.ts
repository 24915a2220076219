import * as v from 'valibot';
import { AppError, toEnvelope } from '../../shared/errors/app-error';
import { Gate } from './gate';
import { ProgressMeter } from './progress-meter';
import { ToWorker, type FromWorker, type JobSpec } from './messages';
import type { JobEffects } from './jobs';

export interface Port {
  readonly send: (message: FromWorker) => void;
  readonly receive: (listener: (message: unknown) => void) => void;
}

/** Answers main: checks each message, runs one job at a time, reports its progress and its end. */
export function serve(port: Port, runJob: (job: JobSpec, effects: JobEffects) => Promise<void>): void {
  let running: { readonly jobId: string; readonly abort: AbortController; readonly gate: Gate } | null = null;

  const run = async ({ jobId, job, logLevel }: Extract<ToWorker, { type: 'run' }>): Promise<void> => {
    const abort = new AbortController();
    const gate = new Gate();
    running = { jobId, abort, gate };
    const clock = () => performance.now() - gate.closedMs;
    const meter = new ProgressMeter(jobId, (progress) => port.send({ type: 'progress', progress }), clock);
    let error: Extract<FromWorker, { type: 'done' }>['error'] = null;
    try {
      const onProgress: JobEffects['onProgress'] = (progress) => meter.report(progress);
      await runJob(job, { onProgress, signal: abort.signal, logLevel, whilePaused: () => gate.pass() });
    } catch (thrown) {
      error = toEnvelope(abort.signal.aborted ? new AppError('job.cancelled') : thrown);
    }
    running = null;
    port.send({ type: 'done', jobId, error });
  };

  port.receive((message) => {
    const parsed = v.safeParse(ToWorker, message);
    if (!parsed.success) throw new Error(`a message of main was refused: ${parsed.issues[0].message}`);
    const request = parsed.output;
    if (request.type === 'cancel') {
      if (running?.jobId !== request.jobId) return;
      running.abort.abort();
      running.gate.open();
    } else if (request.type === 'pause') {
      if (running?.jobId !== request.jobId) return;
      if (request.paused && !running.abort.signal.aborted) running.gate.close();
      else running.gate.open();
    } else if (running === null) {
      void run(request);
    } else {
      const error = toEnvelope(new AppError('internal', { detail: 'another job is under way' }));
      port.send({ type: 'done', jobId: request.jobId, error });
    }
  });
  port.send({ type: 'ready' });
}
