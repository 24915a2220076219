import { execFileSync } from 'node:child_process';
import type { Measured } from './child';

const SCRIPT =
  'find "$1" -name "*.gz" -print0 | xargs -0 -n 2000 gzip -dc > /dev/null; times; find "$1" -name "*.gz" | wc -l';

/** `gzip -dc` of every .gz below a folder: the yardstick, since nothing can read these files without inflating them. */
export function gunzipped(folder: string): Measured & { files: number } {
  const begun = performance.now();
  const output = execFileSync('sh', ['-c', SCRIPT, 'sh', folder], { encoding: 'utf8' });
  const seconds = (performance.now() - begun) / 1000;
  const [, children = '', files = '0'] = output.trim().split('\n');
  const cpuSeconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest),
    0,
  );
  return { cpuSeconds, seconds, peakMb: null, files: Number(files) };
}
