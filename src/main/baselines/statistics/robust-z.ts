interface Centre {
  readonly median: number;
  /** Median absolute deviation. */
  readonly mad: number;
  /** Mean absolute deviation from the median. */
  readonly meanDeviation: number;
  readonly mean: number;
}

/** Distance from the median in robust standard deviations: by MAD, else by mean deviation, else by sqrt(mean) (methods 1d). */
export function robustZ(value: number, { median, mad, meanDeviation, mean }: Centre): number {
  if (mad > 0) return (0.6745 * (value - median)) / mad;
  const deviation = meanDeviation > 0 ? 1.2533 * meanDeviation : Math.sqrt(Math.max(mean, 0.1));
  return (value - median) / deviation;
}
