/**
 * The one line that closes a run.
 * @param {{passed: number, failed: number, skipped?: number}} tally
 */
export function tallyLine({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Closes a run: prints the line and sets the exit code; a run in which nothing ran has failed. */
export function close(tally) {
  process.stdout.write(`${tallyLine(tally)}\n`);
  process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
}
