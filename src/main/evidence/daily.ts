import activitySql from './daily-activity.sql?raw';
import aimsSql from './daily-aims.sql?raw';

/** SELECT of each table of daily counts, over the tables that it sums up. */
export const DAILY: Readonly<Record<string, string>> = { daily_activity: activitySql, daily_aims: aimsSql };
