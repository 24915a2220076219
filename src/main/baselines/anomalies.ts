import { countTail } from './statistics/count-tail';
import { falseDiscovery } from './statistics/false-discovery';
import { robustZ } from './statistics/robust-z';
import { shareTail } from './statistics/share-tail';

/** A row of volumes.sql: one hour, or day, of a principal in scope and its normal ones. */
export interface VolumeRow {
  readonly principal: string;
  /** Its beginning. */
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
  /** Hours or days of all tested principals, those without calls included. */
  readonly tests: number;
}

export interface Anomaly {
  readonly kind: 'volume' | 'failure-share' | 'volume-day' | 'failure-share-day';
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

/** What is counted by: the unit of volumes.sql, how many of a kind are enough to judge by, and what is worth a test. */
export interface Grain {
  readonly unit: 'hour' | 'day';
  readonly enough: number;
  readonly calls: number;
  readonly failures: number;
}

export const HOURS: Grain = { unit: 'hour', enough: 24, calls: 20, failures: 10 };
/** What no hour shows: many calls spread over a day. */
export const DAYS: Grain = { unit: 'day', enough: 5, calls: 60, failures: 30 };

const Q = 0.05;
const LEAST_Z = 6;
/** Weight of what everybody's failures say, and the most that a principal's own history may weigh, in calls: failures come in bursts. */
const PRIOR_CALLS = 20;
const MOST_HISTORY = 200;
const LEAST_SHARE = 0.005;

/** Hours, or days, with far more calls, or far more of them failed, than the principal's history explains; q-values within each family. */
export function findAnomalies(rows: readonly VolumeRow[], { unit, calls, failures }: Grain): Anomaly[] {
  const suffix = unit === 'day' ? '-day' : '';
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
    if ((volumeQ[i] ?? 1) <= Q && row.n >= calls && robustZ(row.n, row) >= LEAST_Z) {
      out.push(anomaly(`volume${suffix}`, row, row.mean, volumes[i] ?? 1, volumeQ[i] ?? 1));
    }
    const { a, b } = expectedShare(row);
    const expected = (row.n * a) / (a + b);
    if ((shareQ[i] ?? 1) <= Q && row.f >= failures && row.f >= 2 * expected) {
      out.push(anomaly(`failure-share${suffix}`, row, expected, shares[i] ?? 1, shareQ[i] ?? 1));
    }
    return out;
  });
}

function expectedShare(row: VolumeRow): { a: number; b: number } {
  const everyone = row.allN > 0 ? Math.max(row.allF / row.allN, LEAST_SHARE) : LEAST_SHARE;
  const weight = row.historyN > MOST_HISTORY ? MOST_HISTORY / row.historyN : 1;
  return {
    a: PRIOR_CALLS * everyone + row.historyF * weight,
    b: PRIOR_CALLS * (1 - everyone) + (row.historyN - row.historyF) * weight,
  };
}

function anomaly(kind: Anomaly['kind'], row: VolumeRow, expected: number, p: number, q: number): Anomaly {
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
