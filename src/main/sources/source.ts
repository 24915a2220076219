/** One kind of log: how its rows come to be. Sources are values; the index lists them. */
export interface Source {
  /** As written in files.source and in the manifest. */
  readonly id: string;
  readonly title: string;
  /** The evidence table it fills. */
  readonly table: 'events' | 'flows' | 'provider_findings';
  /** `json`: records are JSON objects; `lines`: records are lines of named fields. */
  readonly kind: 'json' | 'lines';
  /** Ids of the shapes (evidence/originals/shapes.ts) that are records of this source. */
  readonly shapes: readonly string[];
  /**
   * SELECT over `raw` that gives every column of the table but `duplicate`. `raw` is (file_id, record_no, r JSON) for
   * `json`; (file_id, record_no, region and one text column for each of `fields`, named like it) for `lines`.
   */
  mapSql(fields: readonly string[]): string;
  /** JSON text of a record in another spelling of the same source as `mapSql` expects it. */
  readonly normalise?: (shape: string, text: string) => string;
  /** Column that must hold a time for a row to be evidence. */
  readonly timeColumn: string;
  /** Column that names a record, for de-duplication together with the content; null for sources without ids. */
  readonly idColumn: string | null;
}

export function defineSource(source: Source): Source {
  return source;
}
