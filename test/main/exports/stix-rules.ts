import { createHash } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A property as text; lists and objects never stand where this is asked. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

type StixObject = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

const ID = /^([a-z][a-z0-9-]+)--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z$/;
const OBSERVABLES = ['ipv4-addr', 'ipv6-addr', 'software', 'user-account'];

/** Required and allowed properties of the objects we write, from STIX 2.1 parts 3 to 6. */
const COMMON = [
  'type',
  'spec_version',
  'id',
  'created_by_ref',
  'created',
  'modified',
  'labels',
  'external_references',
];
const TYPES: Readonly<Record<string, { required: string[]; allowed: string[] }>> = {
  identity: { required: ['name'], allowed: ['description', 'identity_class', 'roles', 'sectors'] },
  'attack-pattern': { required: ['name'], allowed: ['description', 'aliases', 'kill_chain_phases'] },
  indicator: {
    required: ['pattern', 'pattern_type', 'valid_from'],
    allowed: [
      'name',
      'description',
      'indicator_types',
      'pattern_version',
      'valid_until',
      'kill_chain_phases',
    ],
  },
  'observed-data': {
    required: ['first_observed', 'last_observed', 'number_observed', 'object_refs'],
    allowed: [],
  },
  report: { required: ['name', 'published', 'object_refs'], allowed: ['description', 'report_types'] },
  relationship: {
    required: ['relationship_type', 'source_ref', 'target_ref'],
    allowed: ['description', 'start_time', 'stop_time'],
  },
  sighting: {
    required: ['sighting_of_ref'],
    allowed: ['first_seen', 'last_seen', 'count', 'observed_data_refs', 'where_sighted_refs', 'summary'],
  },
  'ipv4-addr': { required: ['value'], allowed: [] },
  'ipv6-addr': { required: ['value'], allowed: [] },
  software: { required: ['name'], allowed: ['vendor', 'version'] },
  'user-account': { required: [], allowed: ['user_id', 'account_type'] },
};
/** What an indicator may be related to, from its section and the common relationships. */
const RELATED: Readonly<Record<string, readonly [string, string]>> = {
  indicates: ['indicator', 'attack-pattern'],
  'based-on': ['indicator', 'observed-data'],
};
/** Properties that the id of an observable is made of. */
const CONTRIBUTING: Readonly<Record<string, readonly string[]>> = {
  'ipv4-addr': ['value'],
  'ipv6-addr': ['value'],
  software: ['cpe', 'name', 'swid', 'vendor', 'version'],
  'user-account': ['account_type', 'account_login', 'user_id'],
};
const PATTERN =
  /^\[(ipv4-addr:value|ipv6-addr:value|user-account:user_id|network-traffic:extensions\.'http-request-ext'\.request_header\.'User-Agent') (=|LIKE) '(?:[^'\\]|\\['\\])*'\]$/;

/** What STIX 2.1 forbids in the bundle, in words; nothing when it is valid. */
export function stixFaults(bundle: unknown): string[] {
  const { type, id, objects, ...rest } = bundle as Record<string, unknown> & { objects: StixObject[] };
  const faults: string[] = [];
  if (type !== 'bundle' || !ID.test(String(id))) faults.push('the bundle has no valid type and id');
  if (Object.keys(rest).length > 0) faults.push(`the bundle has ${Object.keys(rest).join(', ')}`);
  const known = new Map(objects.map((o) => [o.id, o]));
  if (known.size !== objects.length) faults.push('an id occurs twice');
  for (const object of objects) faults.push(...objectFaults(object, known).map((f) => `${object.id}: ${f}`));
  return faults;
}

function objectFaults(object: StixObject, known: ReadonlyMap<string, StixObject>): string[] {
  const faults: string[] = [];
  const shape = TYPES[object.type];
  if (!shape) return [`type ${object.type} is not one of ours`];
  const observable = OBSERVABLES.includes(object.type);
  const required = observable ? ['type', 'id'] : ['type', 'spec_version', 'id', 'created', 'modified'];
  for (const name of [...required, ...shape.required])
    if (object[name] === undefined) faults.push(`${name} is missing`);
  const allowed = [
    ...(observable ? ['type', 'spec_version', 'id'] : COMMON),
    ...shape.required,
    ...shape.allowed,
  ];
  for (const [name, value] of Object.entries(object)) {
    if (!allowed.includes(name)) faults.push(`${name} is not allowed`);
    if (Array.isArray(value) && value.length === 0) faults.push(`${name} is an empty list`);
    if (value === null) faults.push(`${name} is null`);
  }
  if (object['spec_version'] !== '2.1') faults.push('spec_version is not 2.1');
  if (ID.exec(object.id)?.[1] !== object.type) faults.push('the id does not name the type');
  faults.push(...timeFaults(object), ...referenceFaults(object, known), ...ownFaults(object, known));
  return faults;
}

function timeFaults(object: StixObject): string[] {
  const names = [
    'created',
    'modified',
    'valid_from',
    'first_observed',
    'last_observed',
    'published',
    'first_seen',
    'last_seen',
  ];
  const faults = names
    .filter((name) => object[name] !== undefined && !TIME.test(textOf(object[name])))
    .map((name) => `${name} is no timestamp`);
  for (const [from, to] of [
    ['first_observed', 'last_observed'],
    ['first_seen', 'last_seen'],
    ['created', 'modified'],
  ] as const)
    if (object[from] !== undefined && textOf(object[from]) > textOf(object[to]))
      faults.push(`${from} is after ${to}`);
  return faults;
}

function referenceFaults(object: StixObject, known: ReadonlyMap<string, StixObject>): string[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const refs = name.endsWith('_refs') ? (value as string[]) : name.endsWith('_ref') ? [String(value)] : [];
    return refs.filter((ref) => !known.has(ref)).map((ref) => `${name} names ${ref}, which is not there`);
  });
}

function ownFaults(object: StixObject, known: ReadonlyMap<string, StixObject>): string[] {
  switch (object.type) {
    case 'indicator':
      return [
        ...(PATTERN.test(textOf(object['pattern'])) ? [] : [`pattern ${textOf(object['pattern'])}`]),
        ...(object['pattern_type'] === 'stix' ? [] : ['pattern_type is not stix']),
      ];
    case 'relationship': {
      const allowed = RELATED[textOf(object['relationship_type'])];
      const ends = [object['source_ref'], object['target_ref']].map((ref) => known.get(String(ref))?.type);
      return allowed && allowed[0] === ends[0] && allowed[1] === ends[1]
        ? []
        : [`relates ${ends.join(' to ')}`];
    }
    case 'observed-data': {
      const n = Number(object['number_observed']);
      const refs = object['object_refs'] as string[];
      return [
        ...(Number.isInteger(n) && n >= 1 && n <= 999_999_999 ? [] : ['number_observed']),
        ...(refs.every((ref) => OBSERVABLES.includes(known.get(ref)?.type ?? '')) ? [] : ['object_refs']),
      ];
    }
    case 'sighting':
      return known.get(textOf(object['sighting_of_ref']))?.type === 'indicator' ? [] : ['sighting_of_ref'];
    default:
      return OBSERVABLES.includes(object.type) ? observableFaults(object) : [];
  }
}

function observableFaults(object: StixObject): string[] {
  const wrong = object.type === 'ipv4-addr' && !isIPv4(textOf(object['value']));
  return [...(wrong ? ['value is no address'] : []), ...derivedId(object)];
}

/** The id of an observable is a UUIDv5 of its contributing properties as canonical JSON (2.9). */
function derivedId(object: StixObject): string[] {
  const names = (CONTRIBUTING[object.type] ?? []).filter((name) => object[name] !== undefined).sort();
  const json = JSON.stringify(Object.fromEntries(names.map((name) => [name, object[name]])));
  const hash = createHash('sha1')
    .update(Buffer.from('00abedb4aa42466c9c01fed23315a9b7', 'hex'))
    .update(json)
    .digest('hex');
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  const uuid = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return object.id === `${object.type}--${uuid}` ? [] : [`the id is not derived: ${uuid}`];
}
