import type { CallName, RequestOf, ResponseOf } from '../../shared/contract/index';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';

/** One handler for every call named: a call without one does not compile. */
export type Handlers<N extends CallName = CallName> = {
  readonly [K in N]: (request: RequestOf<K>) => Promise<ResponseOf<K>>;
};

/** What a question to the open case gets: a connection of its own while it runs. */
export interface QueryContext {
  readonly connection: Connection;
  readonly caseFolder: CaseFolder;
}

export type QueryHandlers<N extends CallName> = {
  readonly [K in N]: (context: QueryContext, request: RequestOf<K>) => Promise<ResponseOf<K>>;
};
