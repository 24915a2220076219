import { cellText } from '../../shared/text/cell-text';
import type { Table } from '../../shared/contract/words';
import { rowsOf } from '../api/paged.svelte';

/** A row of the records tables: `incidents/timeline`, `findings/records`, `entity/records`. */
export interface RecordRow {
  readonly time: string;
  readonly source: string;
  readonly fileId: number;
  readonly recordNo: number;
  readonly principal: string | null;
  readonly address: string | null;
  readonly service: string;
  readonly api: string;
  readonly error: string | null;
  readonly region: string | null;
  readonly account: string | null;
  readonly findings: readonly string[];
}

function text(value: unknown): string | null {
  return cellText(value) || null;
}

function titles(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return text(value)?.split('\n') ?? [];
}

export function recordRows(table: Table): RecordRow[] {
  return rowsOf(table).map((row) => ({
    time: text(row['event_time']) ?? '',
    source: text(row['source']) ?? '',
    fileId: Number(row['file_id']),
    recordNo: Number(row['record_no']),
    principal: text(row['principal']),
    address: text(row['source_ip']),
    service: text(row['event_source']) ?? '',
    api: text(row['event_name']) ?? '',
    error: text(row['error_code']),
    region: text(row['aws_region']),
    account: text(row['account_id']),
    findings: titles(row['finding_titles']),
  }));
}
