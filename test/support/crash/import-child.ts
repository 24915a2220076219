import { syncBuiltinESMExports } from 'node:module';
import fsPromises from 'node:fs/promises';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { Connection } from '../../../src/main/db/database';
import { ingest } from '../../../src/main/ingest/ingest';

/**
 * A process that imports a bundle and is killed at its n-th step, a step being a statement of the engine or a call that
 * changes the disk: before the step when n is even, in the midst of it when n is odd. Without n it runs to its end.
 *
 *   import-child <case> <bundle> [n]
 */
const [caseDir = '', bundle = '', at] = process.argv.slice(2);
const killAt = at === undefined ? Number.POSITIVE_INFINITY : Number(at);
let steps = 0;

function kill(): void {
  process.kill(process.pid, 'SIGKILL');
}

function step<T>(work: () => Promise<T>): Promise<T> {
  steps += 1;
  if (steps !== killAt) return work();
  if (killAt % 2 === 0) kill();
  const result = work();
  kill();
  return result;
}

for (const name of ['run', 'rows'] as const) {
  // The originals are called with the connection they belong to.
  const original = Reflect.get(Connection.prototype, name) as (...args: unknown[]) => Promise<unknown>;
  Reflect.set(Connection.prototype, name, function (this: Connection, ...args: unknown[]) {
    return step(() => original.apply(this, args));
  });
}
for (const name of ['open', 'rename', 'rm', 'mkdir', 'writeFile'] as const) {
  const original = Reflect.get(fsPromises, name) as (...args: unknown[]) => Promise<unknown>;
  Reflect.set(fsPromises, name, (...args: unknown[]) => step(() => original(...args)));
}
syncBuiltinESMExports();

const folder = await CaseFolder.open(caseDir).catch(() => CaseFolder.create(caseDir, 'crash'));
const lock = await folder.lock();
await ingest(folder, [bundle], { threads: 1, filesPerBatch: 50 });
await lock.release();
process.stdout.write(String(steps));
