import { logSources } from './sigma/log-sources';
import type { LogSource } from './sigma/log-sources/log-source';

/** The fields that rules can name for each kind of log, and the column each is read from, as Markdown. */
export function fieldMap(): string {
  return logSources.map(sectionOf).join('\n');
}

function sectionOf({ id, table, names, fields }: LogSource): string {
  const rows = Object.entries(fields).map(([field, sql]) => `| \`${field}\` | ${columnOf(sql)} |`);
  return [
    `### ${id}`,
    '',
    `Table \`${table}\`. Log source (product/service or product/category): ${names.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    '| field | column |',
    '|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** A column of the table, of the resolved call, or what is worked out of several. */
function columnOf(sql: string): string {
  const [, cast] = /^CAST\(([ec]\.\w+) AS VARCHAR\)$/.exec(sql) ?? [];
  const [, of, column] = /^(?:([ec])\.)?(\w+)$/.exec(cast ?? sql) ?? [];
  if (column === undefined) return 'worked out';
  return of === 'c' ? `\`calls.${column}\`` : `\`${column}\``;
}
