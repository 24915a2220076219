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
  /** A record about what is in a resource: only trails that ask for data events have it. */
  readonly isData: boolean;
}

export type EventSink = (event: ComposedEvent) => void;
