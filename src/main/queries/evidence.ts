import type { ResponseOf } from '../../shared/contract/index';
import { sources } from '../sources/index';
import type { QueryHandlers } from './handlers';
import { coverageSql, placesSql } from './coverage';
import { sortClause, tablePage } from './table';
import filesSql from './sql/files.sql?raw';
import issuesSql from './sql/issues.sql?raw';
import sourcesSql from './sql/sources.sql?raw';

type Overview = ResponseOf<'evidence/overview'>;

const SORTABLE = Object.fromEntries(
  [
    'file_id',
    'path',
    'name',
    'bytes',
    'modified',
    'source',
    'state',
    'reason',
    'records',
    'unique_records',
    'duplicate_records',
    'issue_records',
    'first_time',
    'last_time',
  ].map((name) => [name, name]),
);

/** What was opened: sources, files, issues and what time they cover. */
export const evidenceQueries: QueryHandlers<
  'evidence/overview' | 'evidence/files' | 'evidence/issues' | 'evidence/coverage'
> = {
  'evidence/overview': async ({ connection }) => {
    const rows = await connection.rows<Omit<Overview['sources'][number], 'title'>>(
      sourcesSql.replace('{{places}}', () => placesSql),
    );
    const states = await connection.rows<{ state: string; files: number }>(
      'SELECT state, count(*) AS files FROM files GROUP BY state',
    );
    const { issues } = await connection.row<{ issues: number }>('SELECT count(*) AS issues FROM issues');
    const files = (state: string) => states.find((s) => s.state === state)?.files ?? 0;
    return {
      sources: rows.map((row) => ({ ...row, title: sources.get(row.source)?.title ?? row.source })),
      files: {
        imported: files('imported'),
        context: files('context'),
        notEvidence: files('not-evidence'),
        issue: files('issue'),
      },
      issues,
    };
  },
  'evidence/files': ({ connection }, { state, filter, page, sort }) => {
    const order = [sortClause(sort, SORTABLE), 'file_id'].filter((part) => part !== null).join(', ');
    return tablePage(connection, filesSql, { params: { state, filter }, order, page });
  },
  'evidence/issues': ({ connection }, { page }) =>
    tablePage(connection, issuesSql, { params: {}, order: 'file_id, record_no, byte_offset, code', page }),
  'evidence/coverage': async ({ connection }) => {
    const result = await connection.columns(coverageSql);
    const columns = result.columns.map((column) => [...column]);
    return { names: [...result.names], columns, rowCount: result.rowCount, total: result.rowCount };
  },
};
