import { runJob } from './jobs';
import { serve, type Port } from './serve';

/** Composition root of the utility process: it reads hostile files and burns the processor, so it may die alone. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
const parent = (process as unknown as { readonly parentPort: ParentPort }).parentPort;

const port: Port = {
  send: (message) => parent.postMessage(message),
  receive: (listener) => parent.on('message', ({ data }) => listener(data)),
};

serve(port, runJob);
