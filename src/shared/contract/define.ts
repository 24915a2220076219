import type { GenericSchema, InferOutput } from 'valibot';

/** A call between renderer and main: schemas of both sides, checked at run time in both directions. */
export interface Call {
  readonly request: GenericSchema;
  readonly response: GenericSchema;
}
export type Contract = Readonly<Record<string, Call>>;
export type Request<C extends Call> = InferOutput<C['request']>;
export type Response<C extends Call> = InferOutput<C['response']>;

export function defineContract<const C extends Contract>(contract: C): C {
  return contract;
}
