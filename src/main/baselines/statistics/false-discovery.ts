/**
 * Benjamini-Hochberg q-values in the order of `pValues`; `tests` counts all tests of the family when only the small
 * p-values are passed.
 */
export function falseDiscovery(pValues: readonly number[], tests = pValues.length): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[a] ?? 1) - (pValues[b] ?? 1));
  const q = new Array<number>(pValues.length);
  let least = 1;
  for (let rank = order.length; rank >= 1; rank -= 1) {
    const index = order[rank - 1] ?? 0;
    least = Math.min(least, ((pValues[index] ?? 1) * tests) / rank);
    q[index] = least;
  }
  return q;
}
