import { DEFAULT_LOG_LEVEL, LOG_LEVELS, type LogLevel } from '../../shared/model/log-level';
import { isZone, workstationZone, writeTimesIn } from '../format/zone.svelte';
import { recall, remember } from './memory';

export const DENSITIES = ['compact', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];
/** The zone of the machine, whichever that is when the window starts. */
export const WORKSTATION = 'workstation';
const UTC = 'UTC';
const DEFAULT_BASELINE_DAYS = 14;
const MOST_BASELINE_DAYS = 365;

/** What the user prefers, kept by the window between runs; nothing of a case. */
export class Settings {
  density = $state<Density>(known(recall('density'), DENSITIES) ?? 'compact');
  /** Days before the scope time that are the measure of what is usual. */
  baselineDays = $state(days(recall('baselineDays')) ?? DEFAULT_BASELINE_DAYS);
  /** Whether the case and place of the last run open again. */
  restores = $state(recall('restores') !== 'no');

  /** From which level on the log of a case keeps lines. */
  logLevel = $state<LogLevel>(known(recall('logLevel'), LOG_LEVELS) ?? DEFAULT_LOG_LEVEL);
  /** IANA name of the zone that times are written in, or {@link WORKSTATION}. */
  zone = $state(zoneOf(recall('zone')));

  constructor() {
    writeTimesIn(this.zone === WORKSTATION ? workstationZone() : this.zone);
    document.documentElement.dataset['density'] = this.density;
  }

  setDensity(density: Density): void {
    this.density = density;
    document.documentElement.dataset['density'] = density;
    remember('density', density);
  }

  /** Ignores what is no whole number of days from 1 to 365. */
  setBaselineDays(value: number): void {
    const checked = days(String(value));
    if (checked === null) return;
    this.baselineDays = checked;
    remember('baselineDays', String(checked));
  }

  setLogLevel(level: LogLevel): void {
    this.logLevel = level;
    remember('logLevel', level);
  }

  /** Ignores what is no zone. Evidence, scope and exports stay UTC: only what is read on the screen changes. */
  setZone(zone: string): void {
    if (zoneOf(zone) !== zone) return;
    this.zone = zone;
    writeTimesIn(zone === WORKSTATION ? workstationZone() : zone);
    remember('zone', zone);
  }

  setRestores(restores: boolean): void {
    this.restores = restores;
    remember('restores', restores ? 'yes' : 'no');
  }
}

function known<T extends string>(text: string | null, words: readonly T[]): T | null {
  return words.find((word) => word === text) ?? null;
}

function zoneOf(text: string | null): string {
  return text !== null && (text === WORKSTATION || isZone(text)) ? text : UTC;
}

function days(text: string | null): number | null {
  const value = Number(text ?? Number.NaN);
  return Number.isInteger(value) && value >= 1 && value <= MOST_BASELINE_DAYS ? value : null;
}
