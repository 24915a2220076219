import { gunzipSync, gzipSync } from 'node:zlib';
import type { Random } from './random';

/** Changes a file; gives the bytes of the mutant and the names of what was done to it. */
export type Mutate = (original: Buffer, random: Random) => { bytes: Buffer; names: readonly string[] };
type Mutation = (bytes: Buffer, random: Random) => Buffer;

const text = (change: (text: string, random: Random) => string): Mutation => {
  return (bytes, random) => Buffer.from(change(bytes.toString('latin1'), random), 'latin1');
};
const someOf = (pattern: RegExp, value: (random: Random, found: string) => string): Mutation =>
  text((all, random) =>
    all.replace(pattern, (found) => (random.next() < 0.3 ? value(random, found) : found)),
  );

function cut(bytes: Buffer, random: Random): [Buffer, Buffer] {
  const at = random.below(bytes.length + 1);
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

function flipped(bytes: Buffer, random: Random): Buffer {
  const out = Buffer.from(bytes);
  for (let n = 1 + random.below(8); n > 0 && out.length > 0; n -= 1) {
    const at = random.below(out.length);
    out[at] = (out[at] as number) ^ (1 << random.below(8));
  }
  return out;
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1'), 'utf16le').swap16();
}

const NONSENSE_TIMES = [
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '294247-01-10T04:00:54Z',
  '1969-12-31T23:59:59.999999999Z',
  '2024-02-30T24:61:61Z',
  '2024-05-03T10:00:00+99:99',
  '-2024-05-03T10:00:00Z',
  'infinity',
  '',
];
const NUMBERS = [
  '-1',
  '1e400',
  '99999999999999999999',
  '0x10',
  '1.5',
  'NaN',
  '253402300800000',
  'null',
  '""',
];
const ADDRESSES = [
  '010.000.001.002',
  '999.1.1.1',
  '1.2.3',
  '::ffff:1.2.3.4',
  'fe80::1%eth0',
  '0',
  '1.2.3.4:5',
];

/** What happens to evidence on its way, and what its writers and its attackers do; each takes the bytes of a file. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  truncated: (bytes, random) => cut(bytes, random)[0],
  beheaded: (bytes, random) => cut(bytes, random)[1],
  bitFlips: flipped,
  inserted: (bytes, random) => {
    const [head, tail] = cut(bytes, random);
    const noise = Buffer.from(Array.from({ length: 1 + random.below(64) }, () => random.below(256)));
    return Buffer.concat([head, noise, tail]);
  },
  holed: (bytes, random) => {
    const [head, tail] = cut(bytes, random);
    return Buffer.concat([head, tail.subarray(random.below(Math.min(tail.length, 400) + 1))]);
  },
  repeated: (bytes, random) => Buffer.concat([bytes, cut(bytes, random)[1]]),
  joined: (bytes, random) =>
    Buffer.concat([bytes, Buffer.from(random.of(['', '\n', '\r\n', ',', '{"'])), bytes]),
  nulls: (bytes, random) => {
    const [head, tail] = cut(bytes, random);
    return Buffer.concat([head, Buffer.alloc(1 + random.below(200)), tail]);
  },
  mark: (bytes) => Buffer.concat([Buffer.from('\ufeff'), bytes]),
  utf16: (bytes) => Buffer.from(bytes.toString('latin1'), 'utf16le'),
  utf16Marked: (bytes) =>
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString('latin1'), 'utf16le')]),
  utf16Big: swapped,
  latin: text((all, random) => all.replace(/[a-z]/g, (c) => (random.next() < 0.01 ? 'é' : c))),
  lineEnds: text((all) => all.replace(/\n/g, '\r\n')),
  shuffled: text((all, random) => {
    const lines = all.split('\n');
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
    return lines.join('\n');
  }),
  nested: text((all, random) => {
    const depth = 10 ** (1 + random.below(4));
    const at = all.indexOf(':', random.below(all.length + 1)) + 1;
    return `${all.slice(0, at)}${'['.repeat(depth)}${']'.repeat(random.below(2) * depth)}${all.slice(at)}`;
  }),
  nestedObjects: text((all, random) => {
    const depth = 10 ** (1 + random.below(4));
    const at = all.indexOf(':', random.below(all.length + 1)) + 1;
    return `${all.slice(0, at)}${'{"a":'.repeat(depth)}1${'}'.repeat(depth)},"b":${all.slice(at)}`;
  }),
  huge: text((all, random) => {
    const at = all.indexOf('"', random.below(all.length + 1)) + 1;
    return `${all.slice(0, at)}${random.of(['A', '\\u0000', ' ', ';'])}${'A'.repeat(10 ** (4 + random.below(2)))}${all.slice(at)}`;
  }),
  numbersAsTexts: someOf(/\b\d+\b/g, (_random, found) => `"${found}"`),
  textsAsNumbers: someOf(/"(?:[^"\\]|\\.)*"/g, (random) => random.of(NUMBERS)),
  textsAsLists: someOf(/:"(?:[^"\\]|\\.)*"/g, (random, found) =>
    random.of([`:[${found.slice(1)}]`, `:{"x":${found.slice(1)}}`, ':null', ':true']),
  ),
  nonsenseNumbers: someOf(/\b\d+\b/g, (random) => random.of(NUMBERS)),
  nonsenseTimes: someOf(/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?Z?/g, (random) =>
    random.of(NONSENSE_TIMES),
  ),
  otherYears: text((all, random) =>
    all.replace(/\b20\d\d\b/g, random.of(['9924', '0001', '1970', '2262', '9999'])),
  ),
  addresses: someOf(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (random) => random.of(ADDRESSES)),
  regions: text((all, random) =>
    all.replace(/\b[a-z]{2}-[a-z]+-\d\b/g, random.of(['xx-nowhere-9', 'us-east-1a', ''])),
  ),
  versions: text((all, random) => all.replace(/"1\.\d+"/g, random.of(['"9.99"', '"-1"', 'null', '2']))),
  unknownFields: text((all, random) =>
    all.replace(/\{"/g, (found) =>
      random.next() < 0.3 ? `{"zz.${random.below(9)}":[1,{"q":null}],"` : found,
    ),
  ),
  repeatedKeys: text((all, random) =>
    all.replace(/"(\w+)":("[^"]*")/g, (found) => (random.next() < 0.2 ? `${found},${found}` : found)),
  ),
  surrogates: text((all, random) =>
    all.replace(/":"/g, (found) => (random.next() < 0.1 ? '":"\\ud800' : found)),
  ),
  escapes: text((all, random) => all.replace(/":"/g, (found) => (random.next() < 0.1 ? '":"\\x\\' : found))),
  trailingCommas: text((all, random) =>
    all.replace(/[}\]]/g, (found) => (random.next() < 0.1 ? `,${found}` : found)),
  ),
  quotes: text((all, random) =>
    all.replace(/"/g, (found) => (random.next() < 0.02 ? random.of(["'", '""', '']) : found)),
  ),
  delimiters: text((all, random) =>
    all.replace(/[ ,\t]/g, (found) => (random.next() < 0.05 ? random.of(['', '  ', '\t', ',', ';']) : found)),
  ),
  gzip: (bytes) => gzipSync(bytes),
  gzipTwice: (bytes) => gzipSync(gzipSync(bytes)),
  gzipMembers: (bytes, random) => Buffer.concat(cut(bytes, random).map((part) => gzipSync(part))),
  gzipCut: (bytes, random) => cut(gzipSync(bytes), random)[0],
  gzipFlipped: (bytes, random) => flipped(gzipSync(bytes), random),
  gzipTrailing: (bytes, random) => Buffer.concat([gzipSync(bytes), cut(bytes, random)[0]]),
};
const NAMES = Object.keys(MUTATIONS);
const MAX_BYTES = 4 * 1024 ** 2;

/** One to three mutations of a file, and their names. What was compressed is decompressed first, half of the times. */
export const mutate: Mutate = (original, random) => {
  let bytes = random.next() < 0.5 ? decompressed(original) : original;
  const names: string[] = [];
  for (let n = 1 + random.below(3); n > 0; n -= 1) {
    const name = random.of(NAMES);
    const next = (MUTATIONS[name] as Mutation)(bytes, random);
    if (next.length > MAX_BYTES) continue;
    bytes = next;
    names.push(name);
  }
  return { bytes, names };
};

function decompressed(bytes: Buffer): Buffer {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}
