/**
 * Closes a run with one line of counts and sets the exit code; a run in which nothing ran has failed.
 * @param {{passed: number, failed: number, skipped?: number}} tally
 */
export function close({ passed, failed, skipped = 0 }) {
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
