import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeSample } from '../src/sample';
import { buildChild, killImports } from '../test/support/crash/kill-imports';

/**
 * Kills imports (SIGKILL) at seeded steps and compares what they lead to with an import that was left alone. Fails when
 * a reader sees half a batch after a kill, or when a case differs.
 *
 *   npm run bench -- kills [--kills 20] [--seed 1]
 */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});

const folder = mkdtempSync(join(tmpdir(), 'coldtrail-kills-'));
try {
  await buildChild();
  const { bundle } = await composeSample({ out: folder, events: 1000, flows: 2000, days: 7 });
  const { kills, finished, wrong } = await killImports(
    bundle,
    folder,
    Number(values.kills),
    Number(values.seed),
  );
  console.log(`${kills} kills, ${finished} cases brought to their end, ${wrong.length} faults`);
  for (const fault of wrong) console.log(`  ${fault}`);
  if (wrong.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
