import { countTail } from './statistics/count-tail';
import { falseDiscovery } from './statistics/false-discovery';
import { robustZ } from './statistics/robust-z';
import { shareTail } from './statistics/share-tail';

/** A row of hourly.sql: one hour of a principal in scope and its normal hours. */
export interface HourRow {
  readonly principal: string;
  readonly hour: string;
  readonly n: number;
  readonly f: number;
  readonly mean: number;
  readonly variance: number;
  readonly median: number;
  readonly mad: number;
  readonly meanDeviation: number;
  readonly historyN: number;
  readonly historyF: number;
  readonly days: number;
  readonly allN: number;
  readonly allF: number;
  /** Hours of all tested principals, those without calls included. */
  readonly tests: number;
}

export interface Anomaly {
  readonly kind: 'volume' | 'failure-share';
  readonly principal: string;
  readonly hour: string;
  readonly succeeded: number;
  readonly failed: number;
  /** Expected calls, or expected failures among as many calls. */
  readonly expected: number;
  readonly bits: number;
  readonly q: number;
  readonly days: number;
  readonly history: number;
}

const Q = 0.05;
const LEAST_CALLS = 20;
const LEAST_FAILURES = 10;
const LEAST_Z = 6;
/** Weight of what everybody's failures say, and the most that a principal's own history may weigh, in calls: failures come in bursts. */
const PRIOR_CALLS = 20;
const MOST_HISTORY = 200;
const LEAST_SHARE = 0.005;

/** Hours with far more calls, or far more of them failed, than the principal's history explains; q-values within each family. */
export function findAnomalies(rows: readonly HourRow[]): Anomaly[] {
  const tests = rows[0]?.tests ?? 0;
  const volumes = rows.map((r) => countTail(r.n, r.mean, r.variance));
  const shares = rows.map((r) => {
    const { a, b } = expectedShare(r);
    return shareTail(r.f, r.n, a, b);
  });
  const volumeQ = falseDiscovery(volumes, tests);
  const shareQ = falseDiscovery(shares, tests);
  return rows.flatMap((row, i) => {
    const out: Anomaly[] = [];
    if ((volumeQ[i] ?? 1) <= Q && row.n >= LEAST_CALLS && robustZ(row.n, row) >= LEAST_Z) {
      out.push(anomaly('volume', row, row.mean, volumes[i] ?? 1, volumeQ[i] ?? 1));
    }
    const { a, b } = expectedShare(row);
    const expected = (row.n * a) / (a + b);
    if ((shareQ[i] ?? 1) <= Q && row.f >= LEAST_FAILURES && row.f >= 2 * expected) {
      out.push(anomaly('failure-share', row, expected, shares[i] ?? 1, shareQ[i] ?? 1));
    }
    return out;
  });
}

function expectedShare(row: HourRow): { a: number; b: number } {
  const everyone = row.allN > 0 ? Math.max(row.allF / row.allN, LEAST_SHARE) : LEAST_SHARE;
  const weight = row.historyN > MOST_HISTORY ? MOST_HISTORY / row.historyN : 1;
  return {
    a: PRIOR_CALLS * everyone + row.historyF * weight,
    b: PRIOR_CALLS * (1 - everyone) + (row.historyN - row.historyF) * weight,
  };
}

function anomaly(kind: Anomaly['kind'], row: HourRow, expected: number, p: number, q: number): Anomaly {
  const bits = Math.min(1000, -Math.log2(Math.max(p, Number.MIN_VALUE)));
  return {
    kind,
    principal: row.principal,
    hour: row.hour,
    succeeded: row.n - row.f,
    failed: row.f,
    expected,
    bits,
    q,
    days: row.days,
    history: row.historyN,
  };
}
