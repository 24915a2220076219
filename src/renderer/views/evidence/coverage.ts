import type { ResponseOf } from '../../../shared/contract/index';
import { GAP_CAUSES } from '../../../shared/model/gap-cause';
import { formatRange } from '../../format/time';

type Coverage = ResponseOf<'evidence/coverage'>;
type Line = Coverage['lines'][number];
type Mark = Coverage['marks'][number];

const HOUR = 3_600_000;
/** Steps of the scale: what matters is whether there is anything, then how much. */
const LEVELS = 5;

/** A gap on the strip of a line: where it lies, in percent of the strip. */
interface PlacedMark {
  readonly left: number;
  readonly width: number;
  /** `off` for a log that was switched off or narrowed, `file` for what is not here, `quiet` for silences and edges. */
  readonly look: 'off' | 'file' | 'quiet';
  readonly text: string;
}

const LOOKS: Readonly<Record<string, PlacedMark['look']>> = {
  'logging-stopped': 'off',
  'logging-narrowed': 'off',
  silence: 'quiet',
  'before-first': 'quiet',
  'after-last': 'quiet',
};

/** 0 for none, 1 to 5 on a log scale of `most`. */
export function level(count: number, most: number): number {
  if (count === 0) return 0;
  return 1 + Math.round(((LEVELS - 1) * Math.log(count)) / Math.max(1, Math.log(most)));
}

/** The strip as one CSS background: neighbours of one level are one band. */
export function stripBackground(counts: readonly number[], most: number): string {
  const stops: string[] = [];
  const at = (i: number) => `${((100 * i) / counts.length).toFixed(3)}%`;
  for (let from = 0; from < counts.length;) {
    const own = level(counts[from] ?? 0, most);
    let to = from + 1;
    while (to < counts.length && level(counts[to] ?? 0, most) === own) to += 1;
    stops.push(`var(--level-${own}) ${at(from)} ${at(to)}`);
    from = to;
  }
  return stops.length === 0 ? 'none' : `linear-gradient(to right, ${stops.join(', ')})`;
}

/** When a column begins, ISO. */
export function columnStart({ from, stepHours }: Coverage, column: number): string {
  return new Date(Date.parse(from ?? '') + column * stepHours * HOUR).toISOString();
}

/** The gaps of a line on its strip. One that names no account or Region is of every one. */
export function marksOf(line: Line, coverage: Coverage): PlacedMark[] {
  const start = Date.parse(coverage.from ?? '');
  const span = coverage.columns * coverage.stepHours * HOUR;
  const place = (time: string) => Math.min(100, Math.max(0, (100 * (Date.parse(time) - start)) / span));
  return (
    coverage.marks
      .filter((mark) => concerns(mark, line))
      .map(({ first, last, cause, detail }) => {
        const left = place(first);
        return {
          left,
          width: place(last) - left,
          look: LOOKS[cause] ?? 'file',
          text: `${GAP_CAUSES[cause] ?? cause}, ${formatRange({ from: first, to: last })}: ${detail}`,
        };
      })
      // Silences are drawn below what explains them.
      .sort((a, b) => Number(b.look === 'quiet') - Number(a.look === 'quiet'))
  );
}

function concerns(mark: Mark, line: Line): boolean {
  return (
    mark.source === line.source &&
    (mark.account === null || mark.account === line.account) &&
    (mark.region === null || mark.region === line.region)
  );
}
