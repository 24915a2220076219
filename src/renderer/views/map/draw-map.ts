import { placeKey, placeName, type Leg, type Mark } from './places';
import { wayBetween } from './world';

/** A line of travel on the sheet. */
interface Way {
  readonly d: string;
  /** How often it was gone, there or back. */
  readonly times: number;
  /** Whether the last leg went along it. */
  readonly last: boolean;
}

/** Ways there and back are one line each, the one of the last leg on top. */
export function waysOf(legs: readonly Leg[]): Way[] {
  const byPair = new Map<string, Way>();
  for (const [i, leg] of legs.entries()) {
    const pair = `${placeKey(leg.from)} ${placeKey(leg.to)}`;
    const known = byPair.get(pair);
    byPair.set(pair, {
      d: known?.d ?? wayBetween(leg.from, leg.to),
      times: (known?.times ?? 0) + 1,
      last: i === legs.length - 1,
    });
  }
  return [...byPair.values()].sort((a, b) => Number(a.last) - Number(b.last));
}

/** A name beside a mark, in pixels of a map that is so wide. */
interface Label {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly text: string;
}

/** Names of marks, the busiest first, where they cover nothing. */
export function labelsOf(marks: readonly Mark[], width: number): Label[] {
  const labels: Label[] = [];
  for (const mark of marks) {
    const [first] = mark.places;
    if (!first) continue;
    const more = mark.places.length - 1;
    const text = placeName(first) + (more > 0 ? ` +${more}` : '');
    const at = { x: mark.at.x + mark.radius + 4, y: mark.at.y + 4, w: text.length * 6.4 };
    const covers = labels.some(
      (other) => Math.abs(other.y - at.y) < 13 && at.x < other.x + other.w && other.x < at.x + at.w,
    );
    const onMark = marks.some(
      (other) =>
        other !== mark &&
        Math.abs(other.at.y - mark.at.y) < other.radius + 5 &&
        other.at.x + other.radius > at.x &&
        other.at.x - other.radius < at.x + at.w,
    );
    if (!covers && !onMark && at.x + at.w <= width) labels.push({ ...at, text });
  }
  return labels;
}
