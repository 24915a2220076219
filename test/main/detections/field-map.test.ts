import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evidenceTables } from '../../../src/main/evidence/tables';
import { fieldMap } from '../../../src/main/detections/field-map';
import { logSources } from '../../../src/main/detections/sigma/log-sources';

/** Without what a formatter of Markdown is free to change. */
const plain = (text: string) => text.replace(/[ -]+/g, '').trim();

test('docs/rules.md has the field map of the code', () => {
  const doc = readFileSync('docs/rules.md', 'utf8');
  expect(plain(doc.slice(doc.indexOf('### cloudtrail')))).toBe(plain(fieldMap()));
});

test('every field is of its own table and every kind of log is of one name only', () => {
  const names = logSources.flatMap((s) => s.names);
  expect(names).toEqual([...new Set(names)]);
  for (const source of logSources) {
    const columns = evidenceTables.find((t) => t.table === source.table)?.columns.map((c) => c.name) ?? [];
    expect(columns, source.id).toEqual(
      expect.arrayContaining([...source.profileColumns, ...source.textColumns]),
    );
    for (const field of Object.keys(source.fields)) {
      const place = source.placeOf(field);
      const sql = place.kind === 'column' ? place.sql : place.column;
      for (const [, column] of sql.matchAll(/\be\.(\w+)/g))
        expect(columns, `${source.id} ${field}`).toContain(column);
    }
  }
});
