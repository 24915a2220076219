/** One cell of a result as text: nothing for null, JSON for lists and maps. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'object') return JSON.stringify(value);
  return (value as number | boolean | bigint).toString();
}
