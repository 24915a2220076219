import annotationsSql from './annotations.sql?raw';
import derivedSql from './derived.sql?raw';
import evidenceSql from './schema.sql?raw';

interface ColumnDoc {
  readonly name: string;
  readonly type: string;
  readonly note: string;
}
export interface TableDoc {
  readonly table: string;
  readonly note: string;
  readonly columns: readonly ColumnDoc[];
}

function parse(text: string): TableDoc[] {
  const tables: TableDoc[] = [];
  for (const match of text.matchAll(/CREATE TABLE (\w+) \((?: -- (.*))?\n([\s\S]*?)\n\);/g)) {
    const columns = (match[3] ?? '').split('\n').flatMap((line) => {
      const column = /^\s*(\w+) ([A-Z]+(?:\[\])?),?(?: -- (.*))?$/.exec(line);
      return column ? [{ name: column[1] ?? '', type: column[2] ?? '', note: column[3] ?? '' }] : [];
    });
    tables.push({ table: match[1] ?? '', note: match[2] ?? '', columns });
  }
  return tables;
}

/** The evidence tables as schema.sql documents them. */
export const evidenceTables: readonly TableDoc[] = parse(evidenceSql);
/** The tables of an analysis run as derived.sql documents them. */
export const derivedTableDocs: readonly TableDoc[] = parse(derivedSql);

/** What analysts wrote, as annotations.sql documents it. */
export const annotationTables: readonly TableDoc[] = parse(annotationsSql);

/** Every documented table: for docs/schema.md and the completion of the SQL console. */
export function describeTables(): readonly TableDoc[] {
  return [...evidenceTables, ...derivedTableDocs, ...annotationTables];
}

/** Names of the tables an analysis run writes. */
export function derivedTables(): readonly string[] {
  return derivedTableDocs.map((t) => t.table);
}

/** `name TYPE, ...` of a documented table. */
export function columnList(doc: TableDoc): string {
  return doc.columns.map((c) => `${c.name} ${c.type}`).join(', ');
}
