import * as v from 'valibot';
import { contract, type CallName } from '../../shared/contract/index';
import { AppError, toEnvelope } from '../../shared/errors/app-error';
import type { Result } from '../../shared/errors/result';
import { outgoing } from '../redaction/outgoing';
import type { Handlers } from './handlers';

/** Answers that are not masked: a record that the user asked to see whole, and what holds nothing of the evidence. */
const AS_IS: ReadonlySet<CallName> = new Set([
  'records/reveal',
  'session/get',
  'report/logo',
  'report/templates',
]);

/**
 * Answers one call of the contract: the request is checked, handled, and the answer checked before it leaves, with
 * secrets masked. Never throws: a failure is the envelope of its error, `ipc.invalid` for what is not of the contract.
 */
export async function dispatch(
  handlers: Handlers,
  name: unknown,
  request: unknown,
): Promise<Result<unknown>> {
  try {
    if (typeof name !== 'string' || !isCall(name)) {
      throw new AppError('ipc.invalid', {
        channel: String(name).slice(0, 60),
        detail: 'there is no such call',
      });
    }
    const call = contract[name];
    const asked = checked(call.request, request, name, 'request');
    const handle = handlers[name] as (request: unknown) => Promise<unknown>;
    const answer = await handle(asked);
    const shown = AS_IS.has(name) ? answer : outgoing(null)(answer);
    return { ok: true, value: checked(call.response, shown, name, 'answer') };
  } catch (error) {
    return { ok: false, error: outgoing(null)(toEnvelope(error)) };
  }
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(contract, name);
}

function checked(schema: v.GenericSchema, value: unknown, channel: string, what: string): unknown {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? '';
  throw new AppError('ipc.invalid', { channel, detail: `${what} ${path}: ${issue.message}`.slice(0, 300) });
}
