import { utilityProcess } from 'electron';
import type { WorkerProcess } from './worker-supervisor';

/** Starts the worker bundle in a process of its own. */
export function forkWorker(bundle: string): WorkerProcess {
  const child = utilityProcess.fork(bundle, [], { serviceName: 'Coldtrail worker', stdio: 'inherit' });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', (code) => listener(`exit code ${code}`)),
    kill: () => child.kill(),
  };
}
