import { composeSample, SCENARIOS } from '../../../sample';
import { pathOf, required, text, wholeNumber } from '../arguments';
import type { Command } from '../command';
import { jsonLine } from '../output';

export default {
  name: 'sample',
  summary: 'Write a seeded sample bundle and, beside it, its truth file',
  usage:
    'sample --out <dir> [--seed 1] [--events 200000] [--flows n] [--scenario full-intrusion] [--days 30] [--vary] [--json]\n  sample --list [--json]',
  options: {
    list: { type: 'boolean' },
    out: { type: 'string' },
    seed: { type: 'string' },
    events: { type: 'string' },
    flows: { type: 'string' },
    scenario: { type: 'string' },
    days: { type: 'string' },
    vary: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  run: async ({ options, io }) => {
    if (options['list'] === true) {
      const ids = [...SCENARIOS.keys()];
      await io.print(options['json'] === true ? jsonLine(ids) : `${ids.join('\n')}\n`);
      return 0;
    }
    const events = wholeNumber(options, 'events', 200_000, { min: 1000, max: 50_000_000 });
    const summary = await composeSample({
      out: pathOf(io, required(options, 'out')),
      seed: wholeNumber(options, 'seed', 1, { min: 0, max: 4_294_967_295 }),
      events,
      flows: wholeNumber(options, 'flows', events * 5, { min: 0, max: 250_000_000 }),
      scenario: text(options, 'scenario') ?? 'full-intrusion',
      days: wholeNumber(options, 'days', 30, { min: 7, max: 365 }),
      vary: options['vary'] === true,
      signal: io.signal,
      progress: ({ share, events: records }) =>
        io.progress({ phase: 'sample', step: 'Writing the sample', share, records }),
    });
    await io.print(options['json'] === true ? jsonLine(summary) : `${JSON.stringify(summary, null, 2)}\n`);
    return 0;
  },
} satisfies Command;
