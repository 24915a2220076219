import { join } from 'node:path';
import type { CaseFolder, Part } from '../case/case-folder';
import type { Connection } from '../db/database';
import { quotedIdentifier, quotedString } from '../db/sql';
import { sources } from '../sources';
import type { Source } from '../sources/source';

/** Key of de-duplication: the id of the record and its content. An attacker knows neither id before the call is logged. */
export function keySql(source: Source): string {
  return `hash(${source.idColumn ?? 'NULL::VARCHAR'}, content_hash)`;
}

/** Hash of the id of a record; NULL where it has none. */
export function idSql(source: Source): string {
  return source.agreeing && source.idColumn
    ? `CASE WHEN ${source.idColumn} IS NOT NULL THEN hash(${source.idColumn}) END`
    : 'NULL::UBIGINT';
}

/**
 * The time of a record, NULL where it has none that an AWS log can have: the first service opened in 2006, and one record of
 * the year 9999 would stretch every series by the hour over eight thousand years. Context has no times: all of it has one.
 */
export function timeSql(source: Source): string {
  const column = source.timeColumn;
  if (column === null) return `TIMESTAMP '2006-01-01'`;
  return `CASE WHEN ${column} >= TIMESTAMP '2006-01-01' AND ${column} < TIMESTAMP '2100-01-01' THEN ${column} END`;
}

interface Span {
  /** Seconds since the epoch; null when no record has a time. */
  readonly first: number | null;
  readonly last: number | null;
}

/**
 * The keys of the unique records that are in, with their times. Copies share key and time, so of what the case held
 * before only the parts around the time of a batch are read, each once: to add a day to a year costs a day.
 */
export class Seen {
  private readonly waiting: Map<string, Part[]> = new Map();
  private readonly tables = new Set<string>();
  private readonly parts: Part[] = [];

  constructor(
    private readonly caseFolder: CaseFolder,
    private readonly connection: Connection,
  ) {}

  async open(): Promise<void> {
    const { parts } = await this.caseFolder.manifest();
    this.parts.push(...parts);
    for (const { table } of sources.values())
      this.waiting.set(
        table,
        parts.filter((p) => p.table === table),
      );
  }

  /** Makes sure that the keys of every record of this time are there; gives the name of their table (t, key, id). */
  async around(source: Source, { first, last }: Span): Promise<string> {
    const name = quotedIdentifier(`seen ${source.table}`);
    if (!this.tables.has(source.table)) {
      await this.connection.run(`CREATE TABLE ${name} (t TIMESTAMP, key UBIGINT, id UBIGINT)`);
      this.tables.add(source.table);
    }
    if (first === null || last === null) return name;
    const waiting = this.waiting.get(source.table) ?? [];
    const wanted = waiting.filter((part) => (part.last ?? last) >= first && (part.first ?? first) <= last);
    for (const part of wanted) {
      const path = quotedString(join(this.caseFolder.path, part.path));
      await this.connection.run(
        `INSERT INTO ${name} SELECT ${timeSql(source)}, ${keySql(source)}, ${idSql(source)} FROM read_parquet(${path}) WHERE NOT duplicate`,
      );
    }
    this.waiting.set(
      source.table,
      waiting.filter((part) => !wanted.includes(part)),
    );
    return name;
  }

  /** A part that this import wrote, whose keys are there already. */
  add(part: Part): void {
    this.parts.push(part);
  }

  /** Paths of the parts that hold records of this time. */
  pathsAround(table: string, { first, last }: Span): readonly string[] {
    if (first === null || last === null) return [];
    return this.parts
      .filter((part) => part.table === table && (part.last ?? last) >= first && (part.first ?? first) <= last)
      .map((part) => join(this.caseFolder.path, part.path));
  }
}
