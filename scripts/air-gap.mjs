import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { openDisplay, setup } from './setup.mjs';
import { moduleBin } from './setup/module-bin.mjs';
import { root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say, seconds } from './setup/say.mjs';

/**
 * `npm run air-gap` (root on Linux, strace, iproute2): the main job through the real window in a network namespace that
 * has nothing but loopback, while every connection and datagram that any process of it tries is written down. Passes
 * when the job passes and none left the machine.
 */
const TESTS = ['test/e2e/open.test.ts', 'test/e2e/incident.test.ts'];
const CALLS = 'connect,sendto,sendmsg,sendmmsg';

/** Addresses outside the machine that a trace names, one a try: families of the internet, loopback left out. */
export function attempts(trace) {
  const tries = [];
  for (const line of trace.split('\n')) {
    const v4 = /sa_family=AF_INET, sin_port=htons\((\d+)\), sin_addr=inet_addr\("([\d.]+)"\)/.exec(line);
    if (v4 && !v4[2].startsWith('127.') && v4[2] !== '0.0.0.0') tries.push(`${v4[2]} port ${v4[1]}`);
    const v6 = /sa_family=AF_INET6, sin6_port=htons\((\d+)\).*?inet_pton\(AF_INET6, "([^"]+)"/.exec(line);
    if (v6 && v6[2] !== '::1' && v6[2] !== '::' && !v6[2].startsWith('::ffff:127.'))
      tries.push(`${v6[2]} port ${v6[1]}`);
  }
  return tries;
}

function missing() {
  if (process.platform !== 'linux') return 'network namespaces are of Linux';
  if (process.getuid() !== 0) return 'making a network namespace takes root';
  for (const [program, args] of [
    ['strace', ['--version']],
    ['ip', ['-V']],
    ['unshare', ['--net', 'true']],
  ])
    if (spawnSync(program, args).status !== 0)
      return `${program} does not work here (apt-get install strace iproute2)`;
  return null;
}

async function main() {
  const lacking = missing();
  if (lacking !== null) throw new Error(lacking);
  const COLDTRAIL_ELECTRON = await setup();
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'coldtrail-air-gap-'));
  const trace = join(folder, 'trace');
  const display = await openDisplay();
  try {
    const inside = [
      'ip link set lo up',
      `exec strace -f --seccomp-bpf -qq -e trace=${CALLS} -o ${trace} "$@"`,
    ].join(' && ');
    const vitest = [process.execPath, moduleBin('vitest'), 'run', '--project', 'e2e', ...TESTS];
    const { code } = await run('unshare', ['--net', 'sh', '-c', inside, 'sh', ...vitest], {
      cwd: root,
      env: { ...display.env, COLDTRAIL_ELECTRON },
    });
    const text = readFileSync(trace, 'utf8');
    const tries = attempts(text);
    say(
      `${text.split('\n').length - 1} calls of ${CALLS} seen; connections attempted outside the machine: ${tries.length}`,
    );
    for (const attempt of new Set(tries)) say(`  ${attempt}`);
    if (code !== 0) throw new Error(`the main job ended with ${code}`);
    if (tries.length > 0) throw new Error('something tried to leave the machine');
  } finally {
    display.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const startedAt = performance.now();
try {
  await main();
  say(`The main job needs no network: ${seconds(startedAt)}.`);
} catch (error) {
  say(`air-gap: ${error.message}`);
  process.exitCode = 1;
}
