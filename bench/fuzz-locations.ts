import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { caseWith } from '../test/main/detections/evidence-fixture';
import { record, user } from '../test/main/entities/record';
import { fuzzLocations, locationOriginals } from '../test/support/fuzz/fuzz-locations';

/**
 * Locates addresses with seeded mutants of small location files, and of MaxMind's test files where COLDTRAIL_DATASETS
 * names them. Prints how many were used and refused, and fails when something broke.
 *
 *   npm run bench -- fuzz-locations [--mutants 2000] [--seed 1]
 */
const { values } = parseArgs({
  options: { mutants: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const HANG_MS = 5000;
/** Some of each part of the address space, so that a tree is walked in many places. */
const ADDRESSES = Array.from({ length: 120 }, (_, i) =>
  i % 4 === 0 ? `2001:${(0x200 + i).toString(16)}::${i}` : `${1 + ((i * 37) % 223)}.${(i * 11) % 256}.2.${i}`,
);

const folder = join(process.env['COLDTRAIL_DATASETS'] ?? '', 'intel-geo/maxmind-test-mmdb/test-data');
const originals = await locationOriginals(existsSync(folder) ? folder : null);
const database = await caseWith({
  cloudtrail: [...ADDRESSES, '203.0.113.7', '81.2.69.160', '2001:db8::1'].map((sourceIPAddress) =>
    record({ sourceIPAddress, userIdentity: user('alice', 'AKIAALICE') }),
  ),
});
try {
  const startedAt = performance.now();
  const { used, refused, longestMs, faults } = await fuzzLocations(database, originals, {
    count: Number(values.mutants),
    seed: Number(values.seed),
  });
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(
    `${used + refused} mutants of ${originals.length} files in ${seconds.toFixed(0)} s: ${used} used, ${refused} refused; longest ${longestMs.toFixed(0)} ms`,
  );
  if (longestMs > HANG_MS) faults.push(`a file took ${longestMs.toFixed(0)} ms`);
  console.log(`${faults.length} faults`);
  for (const fault of faults) console.log(`  ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
} finally {
  database.close();
}
