import { spawn } from 'node:child_process';

export interface Measured {
  /** User and system time of the process that did it. */
  readonly cpuSeconds: number;
  readonly seconds: number;
  /** Most resident memory, null when it was not looked at. */
  readonly peakMb: number | null;
}

export type Steps = Readonly<
  Record<string, (args: readonly string[]) => Promise<{ readonly records: number }>>
>;

const MARK = '--measured';

/** Runs one of the steps in a process of its own, so that its CPU time and memory are its own. */
export async function inChild(
  step: string,
  args: readonly string[],
): Promise<Measured & { records: number }> {
  const child = spawn(process.execPath, [process.argv[1] ?? '', MARK, step, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new Error(`${step} ended with ${String(code)}`);
  return JSON.parse(output) as Measured & { records: number };
}

/** In such a process: runs the step that the arguments name and prints what it took. False in any other process. */
export async function runMeasured(steps: Steps): Promise<boolean> {
  const [mark, step, ...args] = process.argv.slice(2);
  const work = mark === MARK ? steps[step ?? ''] : undefined;
  if (!work) return false;
  const begun = performance.now();
  const { records } = await work(args);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const measured: Measured & { records: number } = {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    seconds: (performance.now() - begun) / 1000,
    peakMb: Math.round(maxRSS / 1024),
    records,
  };
  process.stdout.write(JSON.stringify(measured));
  return true;
}
