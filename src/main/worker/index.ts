import { AppError } from '../../shared/errors/app-error';
import { reportCrash } from '../diagnostics/crash-report';
import { runJob } from './jobs';
import { serve, type Port } from './serve';

/** Composition root of the utility process: it reads hostile files and burns the processor, so it may die alone. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
const CRASHED = 70;
const parent = (process as unknown as { readonly parentPort: ParentPort }).parentPort;

const port: Port = {
  send: (message) => parent.postMessage(message),
  receive: (listener) => parent.on('message', ({ data }) => listener(data)),
};

process.on('uncaughtException', (error) => {
  reportCrash('worker', error);
  // What it was doing is undefined now: main starts another one, which goes on with the job.
  process.exit(CRASHED);
});

serve(port, async (job, effects) => {
  try {
    await runJob(job, effects);
  } catch (error) {
    if (!(error instanceof AppError)) reportCrash('worker', error);
    throw error;
  }
});
