import { AppError } from '../../shared/errors/app-error';

export const AUDIENCES = ['executive', 'technical', 'evidence'] as const;
/** executive: without tables of records; technical: everything a reader checks; evidence: with every cited record in full. */
export type Audience = (typeof AUDIENCES)[number];

/** What the person who writes the report says about it; printed on the cover and in the head of each page. */
export interface ReportHead {
  readonly audience: Audience;
  /** IANA zone of the printed times; `UTC` prints the evidence's own. */
  readonly zone: string;
  readonly client: string | null;
  readonly examiner: string | null;
  readonly organisation: string | null;
  readonly reference: string | null;
  readonly classification: string;
  /** A PNG, JPEG or SVG as a data: address; null prints none. */
  readonly logo: string | null;
  /** Whether names, accounts, addresses and keys are pseudonyms. */
  readonly redacted: boolean;
}

export const DEFAULT_HEAD: ReportHead = {
  audience: 'technical',
  zone: 'UTC',
  client: null,
  examiner: null,
  organisation: null,
  reference: null,
  classification: 'Confidential',
  logo: null,
  redacted: false,
};

/** Errors: `usage` for a zone that the runtime does not know. */
export function checkedZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch (error) {
    throw new AppError('usage', { detail: `There is no time zone ${zone}.` }, { cause: error });
  }
}
