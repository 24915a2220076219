import * as v from 'valibot';
import type { Severity } from '../../../shared/model/severity';
import { DEFAULT_SEVERITY, recognise } from '../indicator';
import { ListReader, type ParsedList } from './parsed';

const Attribute = v.object({
  type: v.string(),
  value: v.string(),
  comment: v.optional(v.nullable(v.string()), ''),
  deleted: v.optional(v.union([v.boolean(), v.string()]), false),
});
const Attributes = v.optional(v.array(v.unknown()), []);
const Event = v.object({
  info: v.optional(v.string(), ''),
  threat_level_id: v.optional(v.union([v.string(), v.number()]), '4'),
  Attribute: Attributes,
  Object: v.optional(v.array(v.object({ Attribute: Attributes })), []),
});
const OneEvent = v.object({ Event });
const Warning = v.object({ list: v.array(v.string()), name: v.optional(v.string(), '') });
const Shapes = v.union([
  OneEvent,
  v.object({ response: v.array(OneEvent) }),
  v.array(OneEvent),
  v.object({ response: v.object({ Attribute: v.array(v.unknown()) }) }),
  Warning,
]);

/** threat_level_id: 1 high, 2 medium, 3 low, 4 undefined. */
const LEVELS: Readonly<Record<string, Severity>> = { '1': 'high', '2': 'medium', '3': 'low' };
/** Attributes that describe the event and name nothing in logs. */
const PROSE =
  /^(?:comment|link|attachment|malware-sample|datetime|float|counter|boolean|text|vulnerability|other|size-in-bytes)$/;

export function isMisp(document: unknown): boolean {
  return v.is(Shapes, document);
}

/** A MISP event, a list of events, an answer of its API, or a warning list. */
export function readMisp(document: unknown): ParsedList {
  const reader = new ListReader();
  const shape = v.parse(Shapes, document);
  if ('list' in shape) {
    shape.list.forEach((text, i) =>
      add(reader, `entry ${i + 1}`, { text, label: shape.name, severity: DEFAULT_SEVERITY }),
    );
    return reader.list('misp');
  }
  if ('response' in shape && !Array.isArray(shape.response)) {
    readAttributes(reader, shape.response.Attribute, { label: '', severity: DEFAULT_SEVERITY });
    return reader.list('misp');
  }
  const events = Array.isArray(shape)
    ? shape
    : 'Event' in shape
      ? [shape]
      : Array.isArray(shape.response)
        ? shape.response
        : [];
  for (const { Event: event } of events) {
    const told = {
      label: event.info,
      severity: LEVELS[String(event.threat_level_id)] ?? DEFAULT_SEVERITY,
    };
    readAttributes(reader, event.Attribute, told);
    for (const object of event.Object) readAttributes(reader, object.Attribute, told);
  }
  return reader.list('misp');
}

interface Told {
  readonly label: string;
  readonly severity: Severity;
}

function readAttributes(reader: ListReader, attributes: readonly unknown[], told: Told): void {
  for (const [i, attribute] of attributes.entries()) {
    const place = `attribute ${i + 1}`;
    const read = v.safeParse(Attribute, attribute);
    if (!read.success) {
      reader.skip(place, JSON.stringify(attribute), 'no type and value');
      continue;
    }
    const { type, value, comment, deleted } = read.output;
    if (deleted === true || deleted === '1') continue;
    const label = [told.label, comment ?? ''].filter((text) => text !== '').join(': ');
    if (type === 'user-agent') {
      reader.indicators.push({ type: 'userAgent', value, label, severity: told.severity });
      continue;
    }
    // `domain|ip`, `filename|sha256`, `ip-dst|port`: each side for itself.
    const parts = type.includes('|') ? value.split('|') : [value];
    const found = parts.filter((text) => recognise(text) !== null);
    for (const text of found) add(reader, place, { text, label, severity: told.severity });
    if (found.length === 0 && !PROSE.test(type))
      reader.skip(place, value, `a ${type}, which logs do not hold`);
  }
}

function add(
  reader: ListReader,
  place: string,
  { text, label, severity }: Told & { readonly text: string },
): void {
  const found = recognise(text);
  if (found) reader.indicators.push({ ...found, label, severity });
  else reader.skip(place, text, 'no address, network, domain, hash, key or ARN');
}
