import type { Connection } from '../db/database';
import type { Outgoing } from '../redaction/outgoing';
import recordsSql from './records.sql?raw';

/** A record of an incident as the tabular formats show it; the columns in this order. */
export interface ExportRecord {
  readonly incident_id: string;
  readonly event_time: string;
  readonly source: string;
  readonly account_id: string | null;
  readonly aws_region: string | null;
  readonly principal: string | null;
  readonly credential: string | null;
  readonly source_ip: string | null;
  readonly user_agent: string | null;
  readonly event_source: string;
  readonly event_name: string | null;
  readonly error_code: string | null;
  readonly event_id: string | null;
  readonly severity: string | null;
  readonly findings: readonly string[];
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly file: string;
  readonly record_no: number;
  readonly sha256: string;
}

export const RECORD_COLUMNS = [
  'incident_id',
  'event_time',
  'source',
  'account_id',
  'aws_region',
  'principal',
  'credential',
  'source_ip',
  'user_agent',
  'event_source',
  'event_name',
  'error_code',
  'event_id',
  'severity',
  'findings',
  'tactics',
  'techniques',
  'file',
  'record_no',
  'sha256',
] as const satisfies readonly (keyof ExportRecord)[];

const PAGE = 20_000;

/** Pages of the records of the incidents in time order, fit to leave. */
export async function* recordPages(
  connection: Connection,
  incidents: readonly string[],
  outgoing: Outgoing,
): AsyncGenerator<ExportRecord[]> {
  await connection.run(recordsSql, { incidents: JSON.stringify(incidents) });
  try {
    for (let from = 0; ; from += PAGE) {
      const rows = await connection.rows<ExportRecord>(
        `SELECT ${RECORD_COLUMNS.join(', ')} FROM export_records WHERE n > $from AND n <= $to ORDER BY n`,
        { from, to: from + PAGE },
      );
      if (rows.length === 0) return;
      yield rows.map((row) => outgoing(row));
    }
  } finally {
    await connection.run('DROP TABLE IF EXISTS export_records');
  }
}
