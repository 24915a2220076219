import type { Delivery } from '../evidence/originals/delivery';

/** The text of a JSON object with what its delivery told about it under `@log`. */
export function withDelivery(text: string, delivery: Delivery): string {
  const body = text.trimEnd().slice(0, -1).trimEnd();
  return `${body}${body.endsWith('{') ? '' : ','}"@log":${JSON.stringify(delivery)}}`;
}
