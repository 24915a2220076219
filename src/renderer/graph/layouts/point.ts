/** Where a node lies: x to the right, y upwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
