/** Writes a message of the set-up: always stderr, because stdout carries only results. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {number} startedAt a value of performance.now() */
export function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
