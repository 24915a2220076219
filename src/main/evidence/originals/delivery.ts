import { isObject } from './json-object';
import { type Member } from './json-scan';
import { parseStretch } from './parse-stretch';

/** What the delivery tells about the records in it; CloudWatch Logs tells most. */
export interface Delivery {
  /** Time of the log line, or of the list. */
  readonly time?: string;
  /** Account that owns the log group or the reservation. */
  readonly owner?: string;
  readonly group?: string;
  readonly stream?: string;
}

/** What a container says about the records in it: a message of CloudWatch Logs, a reservation, a list of address ranges. */
export function deliveryOf(bytes: Buffer, inside: readonly Member[]): Delivery | null {
  const text = (key: string): string | undefined => {
    const m = inside.find((one) => one.key === key && one.valueEnd > 0);
    const parsed = m ? parseStretch(bytes, m.valueStart, m.valueEnd) : null;
    return parsed?.ok && typeof parsed.value === 'string' ? parsed.value : undefined;
  };
  const [owner, group, stream] = [text('owner') ?? text('OwnerId'), text('logGroup'), text('logStream')];
  const time = text('createDate');
  if (owner === undefined && group === undefined && time === undefined) return null;
  return {
    ...(time === undefined ? {} : { time }),
    ...(owner === undefined ? {} : { owner }),
    ...(group === undefined ? {} : { group }),
    ...(stream === undefined ? {} : { stream }),
  };
}

/** The time of one event of CloudWatch Logs, of which there is one beside each message, in milliseconds or as text. */
export function deliveryOfLine(value: unknown, outer: Delivery | null): Delivery | null {
  if (!isObject(value) || !('message' in value || '@message' in value)) return outer;
  const at = value['timestamp'] ?? value['@timestamp'];
  const stream = value['logStreamName'] ?? value['@logStream'];
  const isTime = typeof at === 'number' && Math.abs(at) < 8.64e15;
  const time = isTime ? new Date(at).toISOString() : typeof at === 'string' ? at : undefined;
  return {
    ...outer,
    ...(time === undefined ? {} : { time }),
    ...(typeof stream === 'string' ? { stream } : {}),
  };
}
