import { formatCount } from '../../format/count';
import { formatTime } from '../../format/time';

const TITLES: Readonly<Record<string, string>> = {
  FLAGGED_IP_ADDRESS: 'Flagged address',
  NEW_ASO: 'New network owner',
  Aso: 'Network owner',
  NEW_API: 'New API call',
  IpAddress: 'Address',
  IsNewForEntireAccount: 'New for the whole account',
  BaselineDays: 'Days compared with',
  SampleSize: 'Calls compared with',
};

/** A kind or field name in words: `impossible-travel` and `gapSeconds` alike. */
export function indicatorTitle(name: string): string {
  const known = TITLES[name];
  if (known !== undefined) return known;
  const words = name
    .replace(/[-_]/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A detail's value for a person. */
export function detailText(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : value.toFixed(2);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return formatTime(value);
  if (Array.isArray(value)) return value.map(detailText).join(', ');
  return JSON.stringify(value);
}
