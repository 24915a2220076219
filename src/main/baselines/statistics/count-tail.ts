import { incompleteBeta } from './incomplete-beta';
import { logGamma } from './log-gamma';

/** Means below it are taken as it: an hour that never saw a call is not proof that none may come. */
const LEAST_MEAN = 0.1;
/** Variance over mean from which counts are overdispersed, and Poisson too narrow. */
const OVERDISPERSED = 1.05;

/**
 * P(X >= count) of a count with this mean and variance: negative binomial when overdispersed, else Poisson
 * (methods 1d). `count` is a whole number.
 */
export function countTail(count: number, mean: number, variance: number): number {
  if (count <= 0) return 1;
  const mu = Math.max(mean, LEAST_MEAN);
  if (variance <= OVERDISPERSED * mu) return poissonTail(count, mu);
  const size = (mu * mu) / (variance - mu);
  return incompleteBeta(mu / (size + mu), count, size);
}

/** P(X >= count), summed from the count upwards where the terms fall, else as the complement of the sum below. */
function poissonTail(count: number, mu: number): number {
  const term = (i: number) => Math.exp(i * Math.log(mu) - mu - logGamma(i + 1));
  if (count <= mu) {
    let below = 0;
    for (let i = 0; i < count; i += 1) below += term(i);
    return Math.max(0, 1 - below);
  }
  let sum = 0;
  let current = term(count);
  for (let i = count; current > sum * 1e-16 && current > 0; i += 1) {
    sum += current;
    current *= mu / (i + 1);
  }
  return Math.min(1, sum);
}
