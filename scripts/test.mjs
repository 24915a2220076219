import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { openDisplay, setup } from './setup.mjs';
import { moduleBin } from './setup/module-bin.mjs';
import { root, stateDir } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say, seconds } from './setup/say.mjs';
import { close } from './setup/tally.mjs';

/** `npm test` runs all; `npm test -- <words>` only the files whose path has one of the words, without coverage. */
const filters = process.argv.slice(2);

/** The domain and the renderer first, with coverage; then the real window. */
const suites = [
  {
    name: 'unit',
    args: ['--project', 'main', '--project', 'renderer', ...(filters.length === 0 ? ['--coverage'] : [])],
  },
  { name: 'e2e', args: ['--project', 'e2e'] },
];

async function runSuite({ name, args }, env) {
  const report = join(stateDir, `vitest-${name}.json`);
  rmSync(report, { force: true });
  const { code } = await run(
    process.execPath,
    [
      moduleBin('vitest'),
      'run',
      ...args,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...filters,
    ],
    { env },
  );
  const tally = existsSync(report)
    ? count(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  if (code !== 0 && tally.failed === 0) {
    say(
      `${name}: vitest ended with ${code} though no test failed (see above: coverage, an unhandled error or a crash).`,
    );
    tally.failed = 1;
  }
  return tally;
}

/** A file that breaks before its first test has no test to count: it counts as one that failed. */
function count(report) {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  for (const { name, message } of broken) say(`${relative(root, name)}: ${message}`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

async function runAll() {
  const COLDTRAIL_ELECTRON = await setup();
  await ensureBuilt();
  mkdirSync(stateDir, { recursive: true });
  const display = await openDisplay();
  const total = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const suite of suites) {
      const tally = await runSuite(suite, { ...display.env, COLDTRAIL_ELECTRON });
      for (const key of Object.keys(total)) total[key] += tally[key];
    }
  } finally {
    display.stop();
  }
  return total;
}

const startedAt = performance.now();
try {
  const total = await runAll();
  say(`Tests took ${seconds(startedAt)}.`);
  close(total);
} catch (error) {
  say(`test: ${error.message}`);
  close({ passed: 0, failed: 1 });
}
