import * as v from 'valibot';
import { contract, type CallName } from '../../shared/contract/index';
import { AppError, toEnvelope } from '../../shared/errors/app-error';
import type { Result } from '../../shared/errors/result';
import { outgoing, type Outgoing } from '../redaction/outgoing';
import type { Screen } from '../redaction/screen';
import type { Handlers } from './handlers';

/** Answers that are not masked: a record that the user asked to see whole, and what holds nothing of the evidence. */
const AS_IS: ReadonlySet<CallName> = new Set([
  'records/reveal',
  'session/get',
  'report/logo',
  'report/templates',
]);

/** Answers without evidence that stay as they are even where names are hidden. */
const OF_THE_ORGANISATION: ReadonlySet<CallName> = new Set(['report/logo', 'report/templates']);

/** Requests that carry what the page shows out of the window: their pseudonyms stay. */
const TAKEN_OUT: ReadonlySet<CallName> = new Set(['clipboard/write', 'dialog/picture', 'dialog/save']);

/** Answered without the pseudonyms of the case: who cannot have them must be able to show names or to close it. */
const WITHOUT_NAMES: ReadonlySet<CallName> = new Set(['screen/names', 'screen/hide', 'case/close']);

/** How the page is to be answered at this moment; null where names are shown. */
export type ScreenNow = () => Promise<Screen | null>;
const NOTHING_HIDDEN: ScreenNow = () => Promise.resolve(null);

/**
 * Answers one call of the contract: the request is checked, handled, and the answer checked before it leaves, with
 * secrets masked. Never throws: a failure is the envelope of its error, `ipc.invalid` for what is not of the contract.
 *
 * Where names are hidden, pseudonyms in requests are read as the names they stand for, and every answer and error leaves
 * with pseudonyms. Errors then: `screen.hidden` for a record that is asked for whole.
 */
export async function dispatch(
  handlers: Handlers,
  name: unknown,
  request: unknown,
  screenNow: ScreenNow = NOTHING_HIDDEN,
): Promise<Result<unknown>> {
  let screen: Screen | null = null;
  try {
    if (typeof name !== 'string' || !isCall(name)) {
      throw new AppError('ipc.invalid', {
        channel: String(name).slice(0, 60),
        detail: 'there is no such call',
      });
    }
    const now = WITHOUT_NAMES.has(name) ? NOTHING_HIDDEN : screenNow;
    screen = await now();
    if (screen !== null && name === 'records/reveal') throw new AppError('screen.hidden');
    const meant = screen === null || TAKEN_OUT.has(name) ? request : screen.meant(request);
    const call = contract[name];
    const asked = checked(call.request, meant, name, 'request');
    const handle = handlers[name] as (request: unknown) => Promise<unknown>;
    const answer = await handle(asked);
    // A call may have opened another case.
    screen = await now();
    const asIs = screen === null ? AS_IS : OF_THE_ORGANISATION;
    const shown = asIs.has(name) ? answer : shownOn(screen)(answer);
    return { ok: true, value: checked(call.response, shown, name, 'answer') };
  } catch (error) {
    return { ok: false, error: shownOn(screen)(toEnvelope(error)) };
  }
}

function shownOn(screen: Screen | null): Outgoing {
  return screen?.shown ?? outgoing(null);
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
