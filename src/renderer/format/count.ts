const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** An exact count with thousands separators: `1,234,567`. */
export function formatCount(value: number | bigint): string {
  return grouped.format(value);
}

/** A count of named things: `1 record`, `12 records`. */
export function formatCountOf(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** A share as whole percent; small shares stay visible: `<1 %`. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  const percent = (100 * part) / whole;
  if (percent < 1) return '<1 %';
  return `${percent > 99 && percent < 100 ? '>99' : Math.round(percent)} %`;
}
