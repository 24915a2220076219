import type { CaseFolder } from '../case/case-folder';
import type { Connection, Database } from '../db/database';
import { openCaseDatabase } from '../evidence/views';
import type { QueryContext } from './handlers';

/** Questions that run at the same time; more wait. DuckDB shares its threads among them. */
const CONNECTIONS = 4;
const MEMORY_LIMIT_MB = 3000;

/** One instance over the case as it was at one moment. It closes when it is out of date and its last question ends. */
class Snapshot {
  #busy = 0;
  #retired = false;
  readonly #idle: Connection[] = [];
  #open = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly database: Database) {}

  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      const connection = await this.#take();
      try {
        return await work(connection);
      } finally {
        this.#idle.push(connection);
        this.#waiting.shift()?.();
      }
    } finally {
      this.#busy -= 1;
      this.#closeWhenDone();
    }
  }

  retire(): void {
    this.#retired = true;
    this.#closeWhenDone();
  }

  async #take(): Promise<Connection> {
    for (;;) {
      const idle = this.#idle.pop();
      if (idle) return idle;
      if (this.#open < CONNECTIONS) {
        this.#open += 1;
        return await this.database.connect();
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #closeWhenDone(): void {
    if (!this.#retired || this.#busy > 0) return;
    for (const connection of this.#idle.splice(0)) connection.close();
    this.database.close();
  }
}

/** The read-only database of the open case: every question of the window runs here. */
export class CaseDatabase {
  private constructor(
    readonly caseFolder: CaseFolder,
    private snapshot: Snapshot,
  ) {}

  static async open(caseFolder: CaseFolder): Promise<CaseDatabase> {
    return new CaseDatabase(caseFolder, await snapshotOf(caseFolder));
  }

  /**
   * Runs a question. One that meets a file which a newer analysis run has replaced is asked again on the present state.
   */
  async ask<T>(question: (context: QueryContext) => Promise<T>): Promise<T> {
    const asked = this.snapshot;
    const { caseFolder } = this;
    try {
      return await asked.use((connection) => question({ connection, caseFolder }));
    } catch (error) {
      if (!isFileGone(error)) throw error;
      if (asked === this.snapshot) await this.refresh();
      return this.snapshot.use((connection) => question({ connection, caseFolder }));
    }
  }

  /** Looks at the case as it is now; questions under way end on the state they began with. */
  async refresh(): Promise<void> {
    const before = this.snapshot;
    this.snapshot = await snapshotOf(this.caseFolder);
    before.retire();
  }

  close(): void {
    this.snapshot.retire();
  }
}

async function snapshotOf(caseFolder: CaseFolder): Promise<Snapshot> {
  return new Snapshot(await openCaseDatabase(caseFolder, { memoryLimitMb: MEMORY_LIMIT_MB }));
}

function isFileGone(error: unknown): boolean {
  return error instanceof Error && /No such file|No files found|Cannot open file/.test(error.message);
}
