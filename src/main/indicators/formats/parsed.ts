import type { Indicator } from '../indicator';

/** What a list holds, and what of it is not understood: nothing is left out silently. */
export interface ParsedList {
  readonly format: 'text' | 'csv' | 'stix' | 'misp';
  readonly indicators: readonly Indicator[];
  readonly skipped: readonly { readonly place: string; readonly text: string; readonly reason: string }[];
}

/** Gathers a list while it is read. */
export class ListReader {
  readonly indicators: Indicator[] = [];
  readonly skipped: ParsedList['skipped'][number][] = [];

  skip(place: string, text: string, reason: string): void {
    this.skipped.push({ place, text: text.slice(0, 200), reason });
  }

  list(format: ParsedList['format']): ParsedList {
    return { format, indicators: this.indicators, skipped: this.skipped };
  }
}
