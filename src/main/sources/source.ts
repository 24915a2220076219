/** One kind of log: how its rows come to be. Sources are values; the index lists them. */
export interface Source {
  /** As written in files.source and in the manifest. */
  readonly id: string;
  readonly title: string;
  /** The evidence table it fills. */
  readonly table: 'events' | 'flows' | 'provider_findings';
  /** SELECT over `raw` that maps to the table's columns, without `duplicate`. */
  readonly mapSql: string;
  /** Column that must be there for a row to be evidence. */
  readonly timeColumn: string;
  /** Column that names a record, for de-duplication together with the content; NULL for sources without ids. */
  readonly idColumn: string | null;
}

export function defineSource(source: Source): Source {
  return source;
}
