const Z95 = 1.959963984540054;

/** Wilson's 95 % interval of `hits` in `n`, as shares. */
function wilson(hits, n) {
  if (n === 0) return [0, 1];
  const p = hits / n;
  const z2 = Z95 * Z95;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

/** `18/20 (90 %, 70-97)`. */
export function shareText(hits, n) {
  const [low, high] = wilson(hits, n).map((x) => Math.round(100 * x));
  return n === 0 ? '-' : `${hits}/${n} (${Math.round((100 * hits) / n)} %, ${low}-${high})`;
}

export function mean(values) {
  return values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length;
}
