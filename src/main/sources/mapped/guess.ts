import { stringify } from 'yaml';
import type { JsonObject } from '../../evidence/originals/json-object';
import { isObject } from '../../evidence/originals/json-object';
import { MAPPED_COLUMNS, type MappedColumn } from './source-map';

/** Names that fields of each meaning have, best first; compared by their letters alone. */
const NAMES: Readonly<Record<MappedColumn | 'time', readonly RegExp[]>> = {
  time: [
    /^(event|start|log|record)?(time|timestamp|datetime|date)(utc|ms)?$/,
    /^(ts|when|createdat|created|occurred)$/,
    /time|date/,
  ],
  actor: [
    /^(actor|user|username|principal|identity|subject|login|email|account_?name)(name|id|email)?$/,
    /user|actor|principal|arn/,
  ],
  action: [
    /^(action|event|eventname|operation|verb|method|activity|command|op|eventtype|type)(name)?$/,
    /action|operation|verb|method/,
  ],
  source_ip: [
    /^(source|src|client|remote)?(ip|ipaddress|address|addr)$/,
    /(source|src|client|remote|caller).*(ip|addr)/,
    /client|remote|caller|peer/,
  ],
  target: [
    /^(target|resource|object|url|uri|path|destination|host|bucket|dst)(name|id|ip|address)?$/,
    /target|resource|url/,
  ],
  outcome: [
    /^(outcome|result|status|statuscode|response|success|errorcode|error)(code)?$/,
    /outcome|result|status/,
  ],
  account_id: [/^(aws)?account(id)?$/, /accountid/],
  aws_region: [/^(aws)?region$/, /region/],
};
const ADDRESS = /^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-f]*:[0-9a-f:]+$/i;
/** How times are written, and the format that reads them. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/, 'iso'],
  [/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}$/, '%d/%b/%Y:%H:%M:%S %z'],
  [/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/, '%Y/%m/%d %H:%M:%S'],
];
const MAX_DEPTH = 4;

/** A map as it is written, before a person has checked it. */
export interface MapDraft {
  readonly name: string;
  readonly files: string;
  readonly records?: string;
  readonly lines?: string;
  readonly time: { readonly field: string; readonly format: string };
  readonly columns: Readonly<Partial<Record<MappedColumn, string>>>;
}

/** A proposal with every field that the records have and the first value of each. */
export interface GuessedMap {
  readonly map: MapDraft;
  readonly fields: readonly { readonly path: string; readonly example: string }[];
}

/** A map for records like these; `records` leads to their list, `lines` is the pattern of their lines. */
export function guessMap(
  samples: readonly JsonObject[],
  {
    name,
    files,
    records,
    lines,
  }: {
    readonly name: string;
    readonly files: string;
    readonly records: string;
    readonly lines: string | null;
  },
): GuessedMap {
  const fields = new Map<string, string[]>();
  for (const sample of samples) collect(sample, '', 0, fields);
  const taken = new Set<string>();
  const pick = (meaning: MappedColumn | 'time') => {
    for (const pattern of NAMES[meaning]) {
      const found = [...fields].find(
        ([path, values]) => !taken.has(path) && pattern.test(lettersOf(path)) && fits(meaning, values),
      );
      if (found) {
        taken.add(found[0]);
        return found[0];
      }
    }
    return undefined;
  };
  const time = pick('time') ?? [...fields].find(([, values]) => formatOf(values) !== null)?.[0];
  const columns = Object.fromEntries(
    MAPPED_COLUMNS.flatMap((column): [string, string][] => {
      const path = pick(column);
      return path === undefined ? [] : [[column, path]];
    }),
  );
  const format = (time === undefined ? null : formatOf(fields.get(time) ?? [])) ?? 'iso';
  const map = {
    name,
    files,
    ...(records === '' ? {} : { records }),
    ...(lines === null ? {} : { lines }),
    time: { field: time ?? '', format },
    columns,
  };
  return { map, fields: fieldsOf(samples) };
}

/** Every field of the records with its first value. */
export function fieldsOf(samples: readonly JsonObject[]): GuessedMap['fields'] {
  const fields = new Map<string, string[]>();
  for (const sample of samples) collect(sample, '', 0, fields);
  return [...fields].map(([path, [example = '']]) => ({ path, example }));
}

/** A proposal as YAML for a person to change. */
export function guessedText({ map, fields }: GuessedMap): string {
  const taken = new Set([map.time.field, ...Object.values(map.columns)]);
  const rest = fields.map(({ path }) => path).filter((path) => !taken.has(path));
  const time = map.time.field === '' ? { ...map.time, field: 'NAME THE FIELD' } : map.time;
  return `${stringify({ ...map, time })}# stay in extra: ${rest.join(', ') || 'nothing'}\n`;
}

function collect(value: JsonObject, prefix: string, depth: number, out: Map<string, string[]>): void {
  for (const [key, one] of Object.entries(value)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (isObject(one) && depth < MAX_DEPTH) collect(one, path, depth + 1, out);
    else if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean')
      out.set(path, [...(out.get(path) ?? []), String(one)]);
  }
}

/** The letters of a path; of `user.name` also what stands before the name counts. */
const lettersOf = (path: string) => path.toLowerCase().replace(/[^a-z]/g, '');

function fits(meaning: MappedColumn | 'time', values: readonly string[]): boolean {
  if (meaning === 'time') return formatOf(values) !== null;
  return meaning !== 'source_ip' || values.some((value) => ADDRESS.test(value));
}

function formatOf(values: readonly string[]): string | null {
  if (values.length === 0) return null;
  const written = PATTERNS.find(([sign]) => values.every((value) => sign.test(value)));
  if (written) return written[1];
  const numbers = values.map(Number);
  const within = (scale: number) => numbers.every((n) => n / scale > 946684800 && n / scale < 4102444800);
  if (within(1)) return 'epoch-seconds';
  if (within(1e3)) return 'epoch-milliseconds';
  return within(1e6) ? 'epoch-microseconds' : null;
}
