import { TACTICS, tacticRank } from '../../../shared/model/tactic';
import type { ReportEvent } from '../model';
import { shortTime } from './format';

const WIDTH = 1000;
const LEFT = 170;
const LANE = 26;
const FILL: Readonly<Record<string, string>> = {
  critical: '#7a1230',
  high: '#c2410c',
  medium: '#b7860b',
  low: '#4b7a9c',
  informational: '#76828f',
};

/** The records of an incident on one axis, a lane per tactic in kill-chain order; unflagged records in a lane of their own. */
export function timelineFigure(events: readonly ReportEvent[]): string {
  const first = Date.parse(events[0]?.time ?? '') || 0;
  const last = Date.parse(events.at(-1)?.time ?? '') || first;
  const span = Math.max(1, last - first);
  const lanes = [...new Set(events.map((e) => e.tactic ?? ''))].sort((a, b) => tacticRank(a) - tacticRank(b));
  const height = 34 + lanes.length * LANE + 26;
  const x = (time: string) => LEFT + ((Date.parse(time) - first) / span) * (WIDTH - LEFT - 24);
  const names = lanes.map((lane, i) => {
    const y = 24 + i * LANE;
    const name = TACTICS.find((t) => t.slug === lane)?.name ?? 'Other records';
    return `<text x="8" y="${y + 16}" font-size="11" fill="#1b2430">${name}</text><line x1="${LEFT}" x2="${WIDTH - 16}" y1="${y + 12}" y2="${y + 12}" stroke="#d9e0e8"/>`;
  });
  const dots = events.map((e) => {
    const y = 24 + lanes.indexOf(e.tactic ?? '') * LANE + 12;
    const fill = FILL[e.severity ?? ''] ?? '#aebaca';
    return e.error === null
      ? `<circle cx="${x(e.time).toFixed(1)}" cy="${y}" r="4" fill="${fill}" fill-opacity="0.85"/>`
      : `<path d="M${(x(e.time) - 3.6).toFixed(1)} ${y - 3.6}l7.2 7.2m0 -7.2l-7.2 7.2" stroke="${fill}" stroke-width="1.8"/>`;
  });
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = new Date(first + span * share).toISOString();
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    return `<text x="${LEFT + share * (WIDTH - LEFT - 24)}" y="${height - 8}" font-size="10" fill="#56677c" text-anchor="${anchor}">${shortTime(at).slice(5, 16)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Timeline of the incident" font-family="Inter, Noto Sans, Liberation Sans, DejaVu Sans, sans-serif">${names.join('')}${dots.join('')}${ticks.join('')}</svg>`;
}
