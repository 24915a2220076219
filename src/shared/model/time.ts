/** Evidence time as text: ISO 8601 UTC with microseconds, `2023-07-10T11:42:18.000000Z`. Sorts as text. */
export type IsoTime = string;

export interface TimeRange {
  readonly from: IsoTime;
  readonly to: IsoTime;
}
