import type { Connection } from '../db/database';

/** What every step of an analysis gets. Steps read and create the tables of evidence/derived.sql on `connection`. */
export interface AnalysisContext {
  readonly connection: Connection;
  /** Days of history a value must be absent from to be called new. */
  readonly baselineDays: number;
  /** Folder of the case, where the analyst's own rules and location files are; absent for evidence without a case. */
  readonly casePath?: string;
  readonly signal?: AbortSignal;
  /** Called with the step's own words and its share, 0..1. */
  readonly progress: (step: string, share: number) => void;
}
