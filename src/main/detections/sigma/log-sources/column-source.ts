import { addressFields } from './address-fields';
import type { LogSource, LogSourceId, Place, Subject } from './log-source';

interface ColumnSource {
  readonly id: LogSourceId;
  readonly table: string;
  readonly names: readonly string[];
  /** Fields as the log's own documentation spells them -> column of the table. */
  readonly columns: Readonly<Record<string, string>>;
  /** Fields that are lists -> column. */
  readonly lists?: Readonly<Record<string, string>>;
  /** Roots of documents -> JSON column; the rest of the field is a path inside. */
  readonly documents?: Readonly<Record<string, string>>;
  /** Columns with few different values. */
  readonly profile: readonly string[];
  readonly idColumn?: string;
  readonly subject: Subject;
}

/** A log whose fields are columns of one table: names compare without case, hyphens and underscores. */
export function columnSource(given: ColumnSource): LogSource {
  const plain = (field: string) => field.toLowerCase().replace(/[-_]/g, '');
  const columns = new Map(Object.entries(given.columns).map(([field, column]) => [plain(field), column]));
  const lists = new Map(Object.entries(given.lists ?? {}).map(([field, column]) => [plain(field), column]));
  const documents = given.documents ?? {};
  const places = addressFields(given.subject.address);
  const own = [...new Set([...columns.values(), ...lists.values(), ...Object.values(documents), 'extra'])];
  return {
    id: given.id,
    table: given.table,
    timeColumn: 'event_time',
    idColumn: given.idColumn ?? null,
    profileColumns: given.profile,
    textColumns: own.filter((column) => column !== 'event_time'),
    hasCalls: false,
    subject: given.subject,
    names: given.names,
    fields: { ...given.columns, ...given.lists, ...documents, ...places },
    placeOf(field): Place {
      const column = columns.get(plain(field));
      if (column !== undefined)
        return {
          kind: 'column',
          sql: `CAST(e.${column} AS VARCHAR)`,
          profile: given.profile.includes(column),
          entity: false,
        };
      const place = places[field];
      if (place !== undefined) return { kind: 'column', sql: place, profile: false, entity: false };
      const list = lists.get(plain(field));
      if (list !== undefined)
        return { kind: 'json', column: `json_object('list', e.${list})`, path: ['list'] };
      const root = Object.keys(documents).find((name) => field === name || field.startsWith(`${name}.`));
      if (root === undefined) return { kind: 'json', column: 'e.extra', path: field.split('.') };
      const rest = field.slice(root.length + 1);
      // Keys of annotations and labels contain dots themselves.
      const path = rest === '' ? [] : root.endsWith('annotations') ? [rest] : rest.split('.');
      return { kind: 'json', column: `e.${documents[root] ?? ''}`, path };
    },
  };
}
