import type { LogSourceRef } from '../rule';
import { cloudtrail } from './cloudtrail';
import type { LogSource } from './log-source';
import { vpcFlow } from './vpc-flow';

export const logSources: readonly LogSource[] = [cloudtrail, vpcFlow];

/** The evidence a rule is about, or null when none of the product's kinds of log fits. */
export function logSourceOf(ref: LogSourceRef): LogSource | null {
  return logSources.find((source) => source.accepts(ref)) ?? null;
}
