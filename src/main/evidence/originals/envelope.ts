import { isObject, type JsonObject } from './json-object';
import { members, skipSpace, valueEnd } from './json-scan';
import { messageShape } from './messages';
import { parseStretch } from './parse-stretch';
import type { Shape } from './shape';
import { shapeOf } from './shapes';

/** Keys whose value is the record or holds it: EventBridge, LookupEvents, CloudWatch, queues, MozDef, search exports. */
const WRAPPERS: readonly string[] = [
  'detail',
  'CloudTrailEvent',
  'eventJson',
  '_source',
  '@message',
  'message',
  'Message',
  'Body',
  'body',
  'extractedFields',
  'details',
  'data',
  'result',
  '_raw',
  'event',
  'original',
  'aws',
  'cloudtrail',
  'vpc',
  'configurationItem',
];
const MAX_WRAPPING = 4;
interface Inner {
  readonly shape: Shape;
  readonly text: string | null;
}

/** The records inside a parsed text: itself, or what its envelope holds; `text` null when it is the whole text. */
export function recordsIn(text: string, value: unknown): readonly Inner[] {
  return unwrap(Buffer.from(text, 'utf8'), value, 0);
}

/** The records inside a value: itself, or what its envelope holds. Empty when there is none. */
export function unwrap(bytes: Buffer, value: unknown, depth: number): Inner[] {
  if (!isObject(value) || depth > MAX_WRAPPING) return [];
  const shape = shapeOf(value);
  if (shape?.kind === 'record') return [{ shape, text: depth > 0 ? bytes.toString('utf8') : null }];
  for (const key of WRAPPERS) {
    const found = key in value ? unwrapMember(bytes, value, key, depth) : [];
    if (found.length > 0) return found;
  }
  return shape && depth > 0 && shape.kind === 'unsupported' ? [{ shape, text: bytes.toString('utf8') }] : [];
}

function unwrapMember(bytes: Buffer, value: JsonObject, key: string, depth: number): Inner[] {
  const inner = value[key];
  if (typeof inner === 'string') {
    const text = inner.trimStart();
    if (!text.startsWith('{')) {
      const line = messageShape(inner);
      return line ? [{ shape: line, text: inner }] : [];
    }
    const own = Buffer.from(text, 'utf8');
    if (valueEnd(own, 0) < 0) return [];
    const parsed = parseStretch(own, 0, own.length);
    return parsed.ok ? unwrap(own, parsed.value, depth + 1) : [];
  }
  if (!isObject(inner)) return [];
  const place = members(bytes, skipSpace(bytes, 0)).find((m) => m.key === key);
  if (!place || place.valueEnd < 0) return [];
  const slice = bytes.subarray(place.valueStart, place.valueEnd);
  const list = findingsList(inner);
  return list ?? unwrap(slice, inner, depth + 1);
}

/** `detail.findings` of Security Hub events: several findings in one envelope. */
function findingsList(value: JsonObject): Inner[] | null {
  const found = value['findings'];
  if (!Array.isArray(found) || found.length === 0) return null;
  return found.flatMap((finding): Inner[] => {
    const shape = shapeOf(finding);
    return shape ? [{ shape, text: JSON.stringify(finding) }] : [];
  });
}
