/** How far a long job is. Numbers that a phase does not know are absent. */
export interface Progress {
  readonly phase: 'discover' | 'import' | 'remove' | 'analyse' | 'sample' | 'report' | 'export' | 'verify';
  /** The phase's own words. */
  readonly step: string;
  /** 0..1 within the phase. */
  readonly share: number;
  readonly filesDone?: number;
  readonly filesTotal?: number;
  readonly bytesDone?: number;
  readonly bytesTotal?: number;
  readonly records?: number;
}

export type OnProgress = (progress: Progress) => void;
