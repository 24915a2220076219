import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzzImport, fuzzOriginals } from '../test/support/fuzz/fuzz-import';
import { mutateBinary } from '../test/support/fuzz/mutate-binary';
import { parquetOriginals } from '../test/support/fuzz/parquet-originals';

/**
 * Imports seeded mutants of the golden cases, and of the shared datasets where COLDTRAIL_DATASETS names them, and checks
 * that nothing crashes, hangs or gets lost. Prints what became of them and fails when something broke.
 *
 *   npm run bench -- fuzz [--mutants 2000] [--seed 1] [--parquet]
 *
 * With --parquet: binary mutants of Parquet files, as golden and as other writers write them, a sound file behind each
 * thousand.
 */
const { values } = parseArgs({
  options: {
    mutants: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    parquet: { type: 'boolean', default: false },
  },
});
/** Those of the datasets that hold logs. */
const LOGS = [
  'aws-docs',
  'cloudtrail',
  'conformance',
  'eks-audit',
  'eventbridge',
  'guardduty',
  'mixed',
  'securityhub',
];
const HANG_MS = 5000;
const STEP = 10_000;

const golden = join(process.cwd(), 'test/main/sources');
const folders = [golden];
const datasets = process.env['COLDTRAIL_DATASETS'];
if (datasets) folders.push(...LOGS.map((name) => join(datasets, name)));
const originals = values.parquet ? await parquetOriginals(golden) : await fuzzOriginals(folders);
const startedAt = performance.now();
const result = await fuzzImport(
  originals,
  {
    count: Number(values.mutants),
    seed: Number(values.seed),
    ...(values.parquet ? { change: mutateBinary, last: originals[0] } : {}),
  },
  (done) => {
    if (done % STEP === 0) console.log(`  ${done} mutants`);
  },
);
const seconds = (performance.now() - startedAt) / 1000;
const { mutants, records, issueRecords, states, longestMs, faults } = result;
const became = Object.entries(states).map(([state, n]) => `${n} ${state}`);
console.log(
  `${mutants} mutants of ${originals.length} files in ${seconds.toFixed(0)} s: ${became.join(', ')}`,
);
console.log(
  `${records} records, of which ${issueRecords} could not be read; longest file ${longestMs.toFixed(0)} ms`,
);
if (longestMs > HANG_MS) faults.push(`a file took ${longestMs.toFixed(0)} ms`);
console.log(`${faults.length} faults`);
for (const fault of faults) console.log(`  ${fault}`);
if (faults.length > 0) process.exitCode = 1;
