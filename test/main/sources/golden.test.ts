import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tableOfKind } from '../../../src/main/evidence/original';
import { evidenceTables } from '../../../src/main/evidence/tables';
import { sources } from '../../../src/main/sources';
import { checkGolden } from '../../support/golden';

const SOURCES = join(import.meta.dirname, '../../../src/main/sources');

function folders(path: string): string[] {
  return existsSync(path)
    ? readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    : [];
}

describe.each([...sources.values()])('$id', (source) => {
  const cases = folders(join(import.meta.dirname, source.id));

  test('is documented and has cases', () => {
    expect(existsSync(join(SOURCES, source.id, 'README.md'))).toBe(true);
    expect(source.formats.length).toBeGreaterThan(0);
    expect(cases).not.toEqual([]);
  });

  test('fills a documented table, which records are read back from', () => {
    const columns = evidenceTables.find((t) => t.table === source.table)?.columns.map((c) => c.name) ?? [];
    if (source.timeColumn !== null) expect(columns).toContain(source.timeColumn);
    if (source.idColumn !== null) expect(columns).toContain(source.idColumn);
    expect(tableOfKind(source.id)).toBe(`${source.table}_all`);
  });

  test.each(cases)('%s', async (name) => {
    await checkGolden(join(import.meta.dirname, source.id, name));
  });
});
