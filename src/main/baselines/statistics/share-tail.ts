import { logBeta, logGamma } from './log-gamma';

/**
 * P(F >= failed) of `failed` among `total` when the share itself is uncertain, Beta(a, b): the beta-binomial tail
 * (methods 1d). `a` and `b` are positive pseudo-counts of failures and successes.
 */
export function shareTail(failed: number, total: number, a: number, b: number): number {
  if (failed <= 0) return 1;
  let log =
    logGamma(total + 1) -
    logGamma(failed + 1) -
    logGamma(total - failed + 1) +
    logBeta(failed + a, total - failed + b) -
    logBeta(a, b);
  let sum = 0;
  for (let i = failed; i <= total; i += 1) {
    sum += Math.exp(log);
    log += Math.log((total - i) / (i + 1)) + Math.log((i + a) / (total - i - 1 + b));
  }
  return Math.min(1, sum);
}
