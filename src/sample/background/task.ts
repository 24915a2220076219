import type { Random } from '../random/random';
import type { EventSink } from '../stage/event';

/**
 * A piece of background work: everything one session or run does. It is composed whole when its start comes, from its
 * own seed, so it can be run twice (to count, then to write) and gives the same records.
 */
export interface Task {
  readonly start: number;
  readonly name: string;
  run(random: Random, emit: EventSink): void;
}
