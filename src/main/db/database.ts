import {
  DuckDBInstance,
  DuckDBScalarFunction,
  VARCHAR,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBResultReader,
  type DuckDBValue,
} from '@duckdb/node-api';
import { AppError } from '../../shared/errors/app-error';
import { quotedIdentifier, quotedList } from './sql';
import { toCell, type Cell } from './rows';

export type Params = Readonly<Record<string, string | number | bigint | boolean | null>>;

export interface DatabaseOptions {
  /** File of the database; in memory when absent. */
  readonly path?: string;
  readonly threads?: number;
  readonly memoryLimitMb?: number;
  /** Where DuckDB spills; set it inside the case. */
  readonly tempDirectory?: string;
  /** Nothing outside these folders can be read, and no setting changed, after opening. */
  readonly lockedTo?: readonly string[];
  /** Functions of one text for SQL, by name; NULL gives NULL. They run on this thread, so they are for few rows. */
  readonly functions?: Readonly<Record<string, (text: string) => string>>;
}

/** A result by columns: what goes to the renderer and to tables. */
export interface Columns {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly columns: readonly (readonly Cell[])[];
  readonly rowCount: number;
}

export interface QueryOptions {
  /** Interrupts the statement; the promise rejects with `job.cancelled`. */
  readonly signal?: AbortSignal;
}

/** One DuckDB connection. Statements on one connection run one after another; open several for concurrency. */
export class Connection {
  constructor(private readonly connection: DuckDBConnection) {}

  /** Runs a statement (or several, without parameters) and drops its result. */
  async run(text: string, params?: Params, options: QueryOptions = {}): Promise<void> {
    await this.guard(options, () => this.connection.run(text, values(params)));
  }

  /** All rows as objects. For small results: pages and aggregates. */
  async rows<T extends object = Record<string, Cell>>(
    text: string,
    params?: Params,
    options: QueryOptions = {},
  ): Promise<T[]> {
    const reader = await this.read(text, params, options);
    return reader.convertRowObjects(toCell) as unknown as T[];
  }

  /** The single row of an aggregate. */
  async row<T extends object = Record<string, Cell>>(
    text: string,
    params?: Params,
    options: QueryOptions = {},
  ): Promise<T> {
    const [first] = await this.rows<T>(text, params, options);
    if (!first) throw new AppError('internal', { detail: 'a query that must give one row gave none' });
    return first;
  }

  /** The result by columns. `limit` stops reading after at least that many rows. */
  async columns(
    text: string,
    params?: Params,
    options: QueryOptions & { limit?: number } = {},
  ): Promise<Columns> {
    const reader = await this.guard(options, () =>
      options.limit === undefined
        ? this.connection.runAndReadAll(text, values(params))
        : this.connection.streamAndReadUntil(text, options.limit, values(params)),
    );
    const columns = reader.convertColumns(toCell);
    const keep = options.limit ?? Number.POSITIVE_INFINITY;
    return {
      names: reader.deduplicatedColumnNames(),
      types: reader.columnTypes().map(String),
      columns: reader.currentRowCount > keep ? columns.map((c) => c.slice(0, keep)) : columns,
      rowCount: Math.min(reader.currentRowCount, keep),
    };
  }

  /** Creates a table of a result by columns, with the result's own types. */
  async fill(table: string, result: Columns): Promise<void> {
    const types = result.names.map((name, i) => `${quotedIdentifier(name)} ${result.types[i] ?? 'VARCHAR'}`);
    await this.run(`CREATE TABLE ${quotedIdentifier(table)} (${types.join(', ')})`);
    if (result.rowCount === 0) return;
    const texts = result.names.map((name) => `${quotedIdentifier(name)} VARCHAR`);
    await this.run(`CREATE TEMP TABLE incoming (${texts.join(', ')})`);
    const appender = await this.connection.createAppender('incoming');
    for (let row = 0; row < result.rowCount; row += 1) {
      for (const column of result.columns) appendText(appender, column[row] ?? null);
      appender.endRow();
    }
    appender.closeSync();
    const casts = result.names.map((name, i) =>
      castFromText(quotedIdentifier(name), result.types[i] ?? 'VARCHAR'),
    );
    await this.run(
      `INSERT INTO ${quotedIdentifier(table)} SELECT ${casts.join(', ')} FROM incoming; DROP TABLE incoming`,
    );
  }

  /** Share of the running statement, 0..1, or null while unknown. */
  progress(): number | null {
    const { percentage } = this.connection.progress;
    return percentage < 0 ? null : percentage / 100;
  }

  interrupt(): void {
    this.connection.interrupt();
  }

  close(): void {
    this.connection.closeSync();
  }

  /** The driver's own connection, for the modules of this folder only. */
  get native(): DuckDBConnection {
    return this.connection;
  }

  private read(text: string, params: Params | undefined, options: QueryOptions): Promise<DuckDBResultReader> {
    return this.guard(options, () => this.connection.runAndReadAll(text, values(params)));
  }

  private async guard<T>({ signal }: QueryOptions, work: () => Promise<T>): Promise<T> {
    if (signal?.aborted) throw new AppError('job.cancelled');
    const interrupt = () => this.connection.interrupt();
    signal?.addEventListener('abort', interrupt);
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw new AppError('job.cancelled', {}, { cause: error });
      throw error;
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }
}

/** A DuckDB instance that never reaches for the network and, when `lockedTo` is given, never leaves those folders. */
export class Database {
  private constructor(
    private readonly instance: DuckDBInstance,
    /** The first connection, shared by callers that need no concurrency. */
    readonly main: Connection,
  ) {}

  static async open(options: DatabaseOptions = {}): Promise<Database> {
    const instance = await DuckDBInstance.create(options.path ?? ':memory:', settings(options));
    const main = new Connection(await instance.connect());
    await main.run(
      "SET enable_progress_bar = true; SET enable_progress_bar_print = false; SET TimeZone = 'UTC'",
    );
    for (const [name, work] of Object.entries(options.functions ?? {}))
      main.native.registerScalarFunction(textFunction(name, work));
    if (options.lockedTo) {
      await main.run(`SET allowed_directories = ${quotedList(options.lockedTo)}`);
      await main.run('SET enable_external_access = false; SET lock_configuration = true');
    }
    return new Database(instance, main);
  }

  async connect(): Promise<Connection> {
    const connection = new Connection(await this.instance.connect());
    return connection;
  }

  close(): void {
    this.main.close();
    this.instance.closeSync();
  }
}

function textFunction(name: string, work: (text: string) => string): DuckDBScalarFunction {
  return DuckDBScalarFunction.create({
    name,
    parameterTypes: [VARCHAR],
    returnType: VARCHAR,
    mainFunction: (_, input, output) => {
      const texts = input.getColumnVector(0);
      for (let i = 0; i < input.rowCount; i += 1) {
        const text = texts.getItem(i);
        output.setItem(i, typeof text === 'string' ? work(text) : null);
      }
      output.flush();
    },
  });
}

function settings(options: DatabaseOptions): Record<string, string> {
  const out: Record<string, string> = {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    preserve_insertion_order: 'false',
  };
  if (options.threads !== undefined) out['threads'] = String(options.threads);
  if (options.memoryLimitMb !== undefined) out['memory_limit'] = `${options.memoryLimitMb}MB`;
  if (options.tempDirectory !== undefined) out['temp_directory'] = options.tempDirectory;
  return out;
}

function values(params: Params | undefined): Record<string, DuckDBValue> | undefined {
  return params ? { ...params } : undefined;
}

function appendText(appender: DuckDBAppender, cell: Cell): void {
  if (cell === null) appender.appendNull();
  else appender.appendVarchar(typeof cell === 'string' ? cell : JSON.stringify(cell));
}

/** Scalars cast from their text; nested values travel as JSON text. */
function castFromText(column: string, type: string): string {
  const nested = /\[|STRUCT|MAP/.test(type);
  return nested ? `CAST(CAST(${column} AS JSON) AS ${type})` : `CAST(${column} AS ${type})`;
}
