import type { ResponseOf } from '../../shared/contract/index';
import { sources } from '../sources/index';
import type { QueryHandlers } from './handlers';
import { coverageOf, placesSql } from './coverage';
import { sortClause, tablePage } from './table';
import digestsSql from './sql/digests.sql?raw';
import filesSql from './sql/files.sql?raw';
import gapsSql from './sql/gaps.sql?raw';
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
  | 'evidence/overview'
  | 'evidence/files'
  | 'evidence/issues'
  | 'evidence/coverage'
  | 'evidence/gaps'
  | 'evidence/digests'
> = {
  'evidence/overview': async ({ connection }) => {
    const rows = await connection.rows<Omit<Overview['sources'][number], 'title'>>(
      sourcesSql.replace('{{places}}', () => placesSql),
    );
    const states = await connection.rows<{ state: string; files: number }>(
      'SELECT state, count(*) AS files FROM files GROUP BY state',
    );
    const { issues, gaps } = await connection.row<{ issues: number; gaps: number }>(
      'SELECT (SELECT count(*) FROM issues) AS issues, (SELECT count(*) FROM coverage_gaps) AS gaps',
    );
    const digests = await connection.rows<Overview['digests'][number]>(
      'SELECT kind, state, count(*) AS n FROM digest_checks GROUP BY kind, state ORDER BY kind, state',
    );
    const files = (state: string) => states.find((s) => s.state === state)?.files ?? 0;
    return {
      sources: rows.map((row) => ({ ...row, title: sources.get(row.source)?.title ?? row.source })),
      files: {
        imported: files('imported'),
        context: files('context'),
        notEvidence: files('not-evidence'),
        issue: files('issue'),
        removed: files('removed'),
      },
      issues,
      gaps,
      digests,
    };
  },
  'evidence/files': ({ connection }, { state, filter, page, sort }) => {
    const order = [sortClause(sort, SORTABLE), 'file_id'].filter((part) => part !== null).join(', ');
    return tablePage(connection, filesSql, { params: { state, filter }, order, page });
  },
  'evidence/issues': ({ connection }, { page }) =>
    tablePage(connection, issuesSql, { params: {}, order: 'file_id, record_no, byte_offset, code', page }),
  'evidence/coverage': ({ connection }, { columns }) => coverageOf(connection, columns),
  'evidence/gaps': ({ connection }, { page }) =>
    tablePage(connection, gapsSql, {
      params: {},
      order:
        'first_time NULLS FIRST, source, account_id, aws_region, cause, last_time, file_id, record_no, detail',
      page,
    }),
  'evidence/digests': ({ connection }, { state, filter, page }) =>
    tablePage(connection, digestsSql, {
      params: { state, filter },
      order: `${DIGEST_ORDER}, first_time, kind, object_key, file, found_sha256, detail`,
      page,
    }),
};

/** What was changed first, what is valid last. */
const DIGEST_ORDER =
  "list_position(['changed', 'unlisted', 'missing', 'no-key', 'unsigned', 'valid'], state)";
