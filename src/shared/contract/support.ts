import * as v from 'valibot';
import { LOG_LEVELS } from '../model/log-level';
import { defineContract } from './define';
import { Nothing } from './words';

export const supportContract = defineContract({
  /** From which level on the log of a case keeps lines. */
  'log/level': { request: v.object({ level: v.picklist(LOG_LEVELS) }), response: Nothing },
  /** An error of the page that nobody caught; kept as a crash report without its message. */
  'crash/page': {
    request: v.object({
      name: v.pipe(v.string(), v.maxLength(100)),
      message: v.pipe(v.string(), v.maxLength(20_000)),
      stack: v.pipe(v.string(), v.maxLength(40_000)),
    }),
    response: Nothing,
  },
  /** Versions, checks, counts and codes for a message to whoever helps; no evidence. */
  'diagnostics/text': { request: Nothing, response: v.object({ text: v.string() }) },
});
