import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallName, RequestOf, ResponseOf } from '../../../src/shared/contract/index';
import { fromEnvelope } from '../../../src/shared/errors/app-error';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { openBundle } from '../../../src/main/pipeline/open-bundle';
import { CaseDatabase } from '../../../src/main/queries/case-database';
import { dispatch } from '../../../src/main/queries/dispatch';
import type { Handlers } from '../../../src/main/queries/handlers';
import { queryHandlers, type QueryCall } from '../../../src/main/queries/index';
import { composeSample } from '../../../src/sample/index';

export interface SampleCase {
  readonly folder: string;
  readonly bundle: string;
  readonly caseFolder: CaseFolder;
  readonly database: CaseDatabase;
  /** A call through the contract, checked both ways; throws the error behind a refusal. */
  call<N extends QueryCall>(name: N, request: RequestOf<N>): Promise<ResponseOf<N>>;
  close(): Promise<void>;
}

/** A small bundle with an intrusion, imported and analysed by the product. */
export async function openSampleCase(): Promise<SampleCase> {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-queries-'));
  const { bundle } = await composeSample({
    out: join(folder, 'sample'),
    seed: 3,
    events: 3000,
    flows: 5000,
    days: 8,
  });
  return caseOf(folder, bundle, 5);
}

/** A bundle as a case in `folder`, imported and analysed by the product. `close` removes the folder. */
export async function caseOf(folder: string, bundle: string, baselineDays: number): Promise<SampleCase> {
  const caseFolder = await CaseFolder.create(join(folder, 'case'), 'Sample');
  await openBundle({ caseFolder, paths: [bundle], baselineDays });
  const database = await CaseDatabase.open(caseFolder);
  const handlers = Object.fromEntries(
    Object.entries(queryHandlers).map(([name, handle]) => [
      name,
      (request: never) => database.ask((context) => handle(context, request) as Promise<unknown>),
    ]),
  ) as unknown as Handlers;
  return {
    folder,
    bundle,
    caseFolder,
    database,
    call: async <N extends CallName>(name: N, request: RequestOf<N>) => {
      const result = await dispatch(handlers, name, request);
      if (!result.ok) throw fromEnvelope(result.error);
      return result.value as ResponseOf<N>;
    },
    close: async () => {
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
