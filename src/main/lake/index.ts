import { dialects, type DialectName } from './dialect';
import { lakeColumns, lakeTables } from './layout';
import { NOT_TRANSLATED } from './not-translated';

const texts = import.meta.glob<string>('./statements/*.sql', {
  eager: true,
  query: '?raw',
  import: 'default',
});

export interface LakeStatement {
  readonly name: string;
  /** What it asks, one line. */
  readonly question: string;
  readonly sql: string;
}

export interface LakeSql {
  readonly dialect: DialectName;
  /** Makes the tables of the lake known, and the views of their unique records. */
  readonly tables: readonly { readonly name: string; readonly sql: string }[];
  readonly statements: readonly LakeStatement[];
  readonly notTranslated: typeof NOT_TRANSLATED;
}

/** The portable part of the analysis in the words of an engine. `location`: where the lake lies, without a slash behind. */
export function lakeSql(name: DialectName, location: string): LakeSql {
  const dialect = dialects[name];
  const tables = lakeTables.flatMap((table) => {
    const columns = lakeColumns(table)
      .map((column) => `${column.name} ${dialect.type(column.type)}`)
      .join(', ');
    const made = {
      name: table.folder,
      sql: dialect.table(table.folder, columns, `${location.replaceAll("'", "''")}/${table.folder}`),
    };
    if (table.visible === null) return [made];
    const sql = dialect.view(table.doc.table, `SELECT * FROM ${table.folder} WHERE ${table.visible}`);
    return [made, { name: table.doc.table, sql }];
  });
  const statements = Object.entries(texts)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([path, text]) => statementOf(path, text, dialect.json));
  return { dialect: name, tables, statements, notTranslated: NOT_TRANSLATED };
}

function statementOf(
  path: string,
  text: string,
  json: (column: string, key: string) => string,
): LakeStatement {
  const [first = '', ...rest] = text.trim().split('\n');
  const sql = rest
    .join('\n')
    .replace(/\{json:([\w.]+):(\w+)\}/g, (_, column: string, key: string) => json(column, key));
  return { name: /(\w[\w-]*)\.sql$/.exec(path)?.[1] ?? path, question: first.replace(/^--\s*/, ''), sql };
}

/** All of it as one script with comments. */
export function lakeScript({ dialect, tables, statements, notTranslated }: LakeSql): string {
  return [
    `-- The portable part of Coldtrail's analysis for ${dialect}; the layout of the lake is in docs/scale.md.`,
    '',
    '-- Tables',
    ...tables.map(({ sql }) => `${sql};`),
    ...statements.flatMap(({ name, question, sql }) => ['', `-- ${name}: ${question}`, `${sql};`]),
    '',
    '-- Not translated',
    ...notTranslated.map(({ what, where, replacement }) => `-- ${what} (${where}): ${replacement}`),
    '',
  ].join('\n');
}
