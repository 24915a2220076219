import type { JsonObject } from './json-object';

/** What a JSON object is, as far as its keys tell. */
export interface Shape {
  readonly id: string;
  /** In plain words, for a person. */
  readonly what: string;
  /** record: evidence of a source (`id`); unsupported: evidence that no source reads yet; context: useful, no events; other: none of these. */
  readonly kind: 'record' | 'unsupported' | 'context' | 'other';
}

export interface Recogniser extends Shape {
  readonly test: (o: JsonObject) => boolean;
}
