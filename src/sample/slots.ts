import { DAY, HOUR, MINUTE, rhythmAt } from './world/calendar';

const LENGTHS = [3 * HOUR, 2 * HOUR, HOUR, 30 * MINUTE, 15 * MINUTE, 5 * MINUTE];
/** Records of a slot are held in memory until its files are written. */
const MOST_IN_SLOT = 12_000;

/** The length of a delivery slot: short enough that its records fit in memory, however large the bundle. */
export function slotLength(records: number, days: number): number {
  const perSecond = records / (days * DAY);
  return LENGTHS.find((length) => perSecond * length <= MOST_IN_SLOT) ?? 5 * MINUTE;
}

/**
 * Shares out a total over slots by the daily and weekly rhythm: machines keep a floor, people make the hills. The
 * shares add up to the total exactly.
 */
export function shareOut(
  total: number,
  slots: { start: number; count: number; length: number; zoneHours: number },
): number[] {
  const weights = Array.from(
    { length: slots.count },
    (_, i) => 0.55 + 0.45 * rhythmAt(slots.start + (i + 0.5) * slots.length, slots.zoneHours),
  );
  const sum = weights.reduce((a, b) => a + b, 0);
  let given = 0;
  let reached = 0;
  return weights.map((weight, i) => {
    reached += weight;
    const due = i === weights.length - 1 ? total : Math.round((total * reached) / sum);
    const share = due - given;
    given = due;
    return share;
  });
}
