import { TACTICS, tacticRank } from '../../../shared/model/tactic';
import type { ReportMoment } from '../model';
import { escapePlain } from './escape';
import { SEVERITY_FILL } from './palette';

const WIDTH = 494;
const LEFT = 96;
const RIGHT = 12;
const LANE = 15;
const TOP = 14;

interface TimelineOptions {
  readonly clock: (iso: string) => string;
  /** The first hostile call, drawn as a dashed line. */
  readonly first: string | null;
}

/** The runs of an incident on one axis, a lane per tactic in kill-chain order; unflagged ones in a lane of their own. */
export function timelineFigure(moments: readonly ReportMoment[], { clock, first }: TimelineOptions): string {
  const times = moments.flatMap((m) => [Date.parse(m.time), Date.parse(m.last)]);
  if (first !== null) times.push(Date.parse(first));
  const start = times.reduce((a, b) => Math.min(a, b), times[0] ?? 0);
  const end = times.reduce((a, b) => Math.max(a, b), start);
  const span = Math.max(1, end - start);
  const x = (time: string) => LEFT + 8 + ((Date.parse(time) - start) / span) * (WIDTH - LEFT - RIGHT - 8);
  const lanes = [...new Set(moments.map((m) => m.tactic ?? ''))].sort(
    (a, b) => tacticRank(a) - tacticRank(b),
  );
  const bottom = TOP + lanes.length * LANE;
  const names = lanes.map((lane, i) => {
    const y = TOP + i * LANE + LANE / 2;
    const name = TACTICS.find((t) => t.slug === lane)?.name ?? 'Other records';
    return `<text x="0" y="${y + 2.3}" font-size="6.8" fill="#1b2430">${name}</text><line x1="${LEFT}" x2="${WIDTH - 4}" y1="${y}" y2="${y}" stroke="#d9e0e8" stroke-width="0.5"/>`;
  });
  const marks = moments.map((m) =>
    mark(m, x(m.time), x(m.last), TOP + (lanes.indexOf(m.tactic ?? '') + 0.5) * LANE),
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = new Date(start + span * share).toISOString();
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    const px = LEFT + 8 + share * (WIDTH - LEFT - RIGHT - 8);
    return `<line x1="${px}" x2="${px}" y1="${TOP - 2}" y2="${bottom}" stroke="#eef2f6" stroke-width="0.5"/><text x="${px}" y="${bottom + 9}" font-size="6.2" fill="#56677c" text-anchor="${anchor}">${escapePlain(clock(at).slice(0, 16))}</text>`;
  });
  const entry =
    first === null
      ? ''
      : `<line x1="${x(first).toFixed(1)}" x2="${x(first).toFixed(1)}" y1="2" y2="${bottom}" stroke="#14568f" stroke-width="0.9" stroke-dasharray="2.5 2"/><text x="${(x(first) + 3).toFixed(1)}" y="8" font-size="6.2" fill="#14568f">first hostile call</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 14}" role="img" aria-label="Timeline of the incident">${ticks.join('')}${names.join('')}${entry}${marks.join('')}</svg>`;
}

function mark(m: ReportMoment, from: number, to: number, y: number): string {
  const fill = SEVERITY_FILL[m.severity ?? ''] ?? '#aebaca';
  const size = Math.min(4.6, 1.7 + Math.log10(m.records) * 1.1);
  if (m.error !== null) {
    const s = size * 0.8;
    return `<path d="M${(from - s).toFixed(1)} ${(y - s).toFixed(1)}l${(2 * s).toFixed(1)} ${(2 * s).toFixed(1)}m0 ${(-2 * s).toFixed(1)}l${(-2 * s).toFixed(1)} ${(2 * s).toFixed(1)}" stroke="${fill}" stroke-width="1" fill="none"/>`;
  }
  const run =
    to - from > 1
      ? `<line x1="${from.toFixed(1)}" x2="${to.toFixed(1)}" y1="${y}" y2="${y}" stroke="${fill}" stroke-width="1.6" stroke-opacity="0.5"/>`
      : '';
  return `${run}<circle cx="${from.toFixed(1)}" cy="${y}" r="${size.toFixed(1)}" fill="${fill}" fill-opacity="0.85"/>`;
}
