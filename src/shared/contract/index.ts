import type { Call, Contract, Request, Response } from './define';
import { breakdownContract } from './breakdown';
import { caseContract } from './case';
import { compareContract } from './compare';
import { evidenceContract } from './evidence';
import { entityContract } from './entity';
import { findingsContract } from './findings';
import { incidentsContract } from './incidents';
import { investigationContract } from './investigation';
import { mapContract } from './map';
import { indicatorsContract } from './indicators';
import { notesContract } from './notes';
import { reportContract } from './report';
import { rulesContract } from './rules';
import { screenContract } from './screen';
import { searchContract } from './search';
import { sourceMapContract } from './source-maps';
import { summaryContract } from './summary';
import { supportContract } from './support';
import { timelineContract } from './timeline';

/** Merges the contracts of the domains; two calls of one name are a fault that shows at start. */
function merge<const T extends readonly Contract[]>(...parts: T): UnionToIntersection<T[number]> {
  const all: Record<string, Call> = {};
  for (const part of parts) {
    for (const [name, call] of Object.entries(part)) {
      if (name in all) throw new Error(`the contract names ${name} twice`);
      all[name] = call;
    }
  }
  return all as UnionToIntersection<T[number]>;
}
type UnionToIntersection<U> = (U extends unknown ? (x: U) => void : never) extends (x: infer I) => void
  ? I
  : never;

export const contract = merge(
  breakdownContract,
  caseContract,
  evidenceContract,
  incidentsContract,
  findingsContract,
  investigationContract,
  summaryContract,
  entityContract,
  searchContract,
  timelineContract,
  notesContract,
  compareContract,
  rulesContract,
  sourceMapContract,
  mapContract,
  supportContract,
  screenContract,
  reportContract,
  indicatorsContract,
);
type AppContract = typeof contract;
export type CallName = keyof AppContract;
export type RequestOf<N extends CallName> = Request<AppContract[N]>;
export type ResponseOf<N extends CallName> = Response<AppContract[N]>;
