import type { Stage } from '../stage/stage';

/** One story that a bundle can hold. The id is its file's name and its name on the command line. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** What happens, in a sentence or two. */
  readonly description: string;
  /** How much of what people seldom do happens beside it; a fixed share where it says nothing. */
  readonly oddShare?: number;
  /** Plays the story on the stage: scripted records, flows, findings and their truth. */
  play(stage: Stage): void;
}

/** Declares a scenario; scenarios are values that the index collects. */
export function defineScenario(scenario: Scenario): Scenario {
  return scenario;
}
