import { ensurePackages } from './setup/packages.mjs';
import { moduleBin } from './setup/module-bin.mjs';
import { run } from './setup/run.mjs';
import { say, seconds } from './setup/say.mjs';
import { close } from './setup/tally.mjs';

const LANES = 2;

/** The slowest first, so that the lanes end together. */
const checks = [
  { name: 'eslint', module: 'eslint', args: ['.', '--max-warnings=0'] },
  {
    name: 'svelte-check',
    module: 'svelte-check',
    args: ['--tsconfig', 'tsconfig.web.json', '--fail-on-warnings'],
  },
  {
    name: 'types of main',
    module: 'typescript',
    command: 'tsc',
    args: ['--noEmit', '-p', 'tsconfig.node.json'],
  },
  { name: 'prettier', module: 'prettier', args: ['--check', '.'] },
  {
    name: 'layers',
    module: 'dependency-cruiser',
    command: 'depcruise',
    args: ['src', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'dead code', module: 'knip', args: [] },
];

async function check({ name, module, command, args }) {
  const startedAt = performance.now();
  const { code, output } = await run(process.execPath, [moduleBin(module, command), ...args], {
    capture: true,
  });
  say(`${code === 0 ? 'pass' : 'FAIL'}  ${name.padEnd(18)} ${seconds(startedAt)}`);
  if (code !== 0) say(output.trim().replace(/^/gm, '      '));
  return code === 0;
}

async function lane(queue, tally) {
  for (let next = queue.shift(); next !== undefined; next = queue.shift())
    tally[(await check(next)) ? 'passed' : 'failed'] += 1;
}

try {
  await ensurePackages();
  const tally = { passed: 0, failed: 0 };
  // `npm run lint -- <words>`: only the checks whose name has one of the words.
  const words = process.argv.slice(2);
  const queue = checks.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  await Promise.all(Array.from({ length: LANES }, () => lane(queue, tally)));
  close(tally);
} catch (error) {
  say(`lint: ${error.message}`);
  close({ passed: 0, failed: 1 });
}
