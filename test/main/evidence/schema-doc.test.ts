import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SCHEMA_VERSION } from '../../../src/main/case/case-folder';
import {
  annotationTables,
  derivedTableDocs,
  evidenceTables,
  type TableDoc,
} from '../../../src/main/evidence/tables';
import { visibleRows } from '../../../src/main/evidence/views';

const FILE = join(import.meta.dirname, '../../../docs/schema.md');

const cell = (text: string) => text.replaceAll('|', '\\|');

function section(doc: TableDoc): string {
  const visible = visibleRows(doc);
  const all = visible === null ? '' : ` \`${doc.table}_all\` holds every record; here \`${visible}\`.`;
  const rows = doc.columns.map(({ name, type, note }) => `| \`${name}\` | ${type} | ${cell(note)} |\n`);
  return `\n### ${doc.table}\n${doc.note}${all}\n\n| column | type | |\n|---|---|---|\n${rows.join('')}`;
}

function document(): string {
  return `# Schema

Made from src/main/evidence/schema.sql, derived.sql and annotations.sql by test/main/evidence/schema-doc.test.ts; run it with
UPDATE_GOLDEN=1 after a change. These are the tables of \`coldtrail query\`, of the SQL view, of exports and of a lake; schema version
${SCHEMA_VERSION} (src/main/migration). Times are UTC with microseconds.

## Evidence
${evidenceTables.map(section).join('')}
## Analysis
${derivedTableDocs.map(section).join('')}
## What analysts wrote
${annotationTables.map(section).join('')}`;
}

test('docs/schema.md is current', () => {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FILE, document());
  expect(readFileSync(FILE, 'utf8')).toBe(document());
});
