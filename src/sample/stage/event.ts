/** One composed CloudTrail record on its way to a file. */
export interface ComposedEvent {
  readonly time: number;
  /** The account whose trail delivers it. */
  readonly account: string;
  readonly region: string;
  readonly eventId: string;
  readonly text: string;
  /** A change to the account's set-up: the second trail of the account delivers these once more. */
  readonly isManagementWrite: boolean;
}

export type EventSink = (event: ComposedEvent) => void;
