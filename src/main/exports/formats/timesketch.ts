import type { ExportFormat } from '../format';
import type { ExportRecord } from '../records';

/** Lines with the fields that Timesketch asks for: message, datetime, timestamp_desc; the rest are attributes. */
export const timesketch: ExportFormat = {
  name: 'timesketch',
  extension: '.jsonl',
  summary: 'the records as a timeline for Timesketch',
  write: async function* ({ records }) {
    for await (const page of records()) yield page.map((row) => `${JSON.stringify(line(row))}\n`).join('');
  },
};

function line(row: ExportRecord): Record<string, unknown> {
  const { event_time, findings, tactics, techniques, severity, ...fields } = row;
  const outcome = row.error_code === null ? '' : ` failed (${row.error_code})`;
  const who = row.principal === null ? '' : ` by ${row.principal}`;
  const where = row.source_ip === null ? '' : ` from ${row.source_ip}`;
  const why = findings.length > 0 ? `: ${findings.join('; ')}` : '';
  return {
    message: `${row.event_source} ${row.event_name ?? ''}${outcome}${who}${where}${why}`,
    datetime: event_time.replace('Z', '+00:00'),
    timestamp: micros(event_time),
    timestamp_desc: row.source === 'guardduty' ? 'Finding first seen' : 'Event Time',
    data_type: `aws:${row.source}`,
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
    ...(findings.length > 0 ? { findings, tactics, techniques, severity } : {}),
    // Labels that Timesketch shows on the event.
    tag: [...tactics, ...(severity === null ? [] : [`severity-${severity}`])],
  };
}

/** Microseconds since the epoch; exact up to the year 2255. */
function micros(iso: string): number {
  return Date.parse(`${iso.slice(0, 19)}Z`) * 1000 + Number(iso.slice(20, 26));
}
