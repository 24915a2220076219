import type { Mutate } from './mutate';
import type { Random } from './random';

type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** Numbers that lengths, counts and offsets turn into when someone means harm. */
const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const within = (
  at: (bytes: Buffer, random: Random) => number,
  change: (old: number, random: Random) => number,
) =>
  ((bytes, random) => {
    const out = Buffer.from(bytes);
    for (let n = 1 + random.below(6); n > 0 && out.length > 0; n -= 1) {
      const place = Math.min(out.length - 1, Math.max(0, at(out, random)));
      out[place] = change(out[place] as number, random) & 0xff;
    }
    return out;
  }) satisfies Mutation;

const anywhere = (bytes: Buffer, random: Random) => random.below(bytes.length);
const flip = (old: number, random: Random) => old ^ (1 << random.below(8));
const anyByte = (_old: number, random: Random) => random.below(256);

/** Where the description of a Parquet file begins, told by its last eight bytes; its second half where they tell nothing. */
function footer(bytes: Buffer): number {
  const length = bytes.length < 8 ? 0 : bytes.readUInt32LE(bytes.length - 8);
  return length > 0 && length < bytes.length - 8 ? bytes.length - 8 - length : bytes.length >> 1;
}

const inFooter = (bytes: Buffer, random: Random) => {
  const at = footer(bytes);
  return at + random.below(bytes.length - at);
};
const inLast = (bytes: Buffer, random: Random) =>
  bytes.length - 1 - random.below(Math.min(400, bytes.length));

function overwritten(bytes: Buffer, random: Random): Buffer {
  const out = Buffer.from(bytes);
  if (out.length < 4) return out;
  const at = random.below(out.length - 3);
  if (random.next() < 0.5) out.writeUInt32LE(random.of(NUMBERS), at);
  else out.writeUInt32BE(random.of(NUMBERS), at);
  return out;
}

/** A part of the file copied over another of the same length, so that what points elsewhere still does. */
function transplanted(bytes: Buffer, random: Random): Buffer {
  const out = Buffer.from(bytes);
  const length = 1 + random.below(Math.min(64, bytes.length));
  const from = random.below(bytes.length - length + 1);
  bytes.copy(out, random.below(bytes.length - length + 1), from, from + length);
  return out;
}

/** What keeps the frame of a binary file, so that its reader goes far into it; and what breaks the frame. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  bitFlips: within(anywhere, flip),
  bytes: within(anywhere, anyByte),
  footerFlips: within(inFooter, flip),
  footerBytes: within(inFooter, anyByte),
  footerSteps: within(inFooter, (old, random) => old + random.of([-1, 1])),
  tailFlips: within(inLast, flip),
  tailBytes: within(inLast, anyByte),
  numbers: overwritten,
  transplanted,
  zeros: (bytes, random) => {
    const out = Buffer.from(bytes);
    const at = random.below(out.length);
    return out.fill(random.of([0, 0xff]), at, Math.min(out.length, at + 1 + random.below(32)));
  },
  truncated: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  inserted: (bytes, random) => {
    const at = random.below(bytes.length + 1);
    const noise = Buffer.from(Array.from({ length: 1 + random.below(16) }, () => random.below(256)));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
  holed: (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(64))]);
  },
  joined: (bytes) => Buffer.concat([bytes, bytes]),
};
const NAMES = Object.keys(MUTATIONS);

/** One to three mutations of a binary file, and their names. */
export const mutateBinary: Mutate = (original, random) => {
  let bytes = original;
  const names: string[] = [];
  for (let n = 1 + random.below(3); n > 0 && bytes.length > 0; n -= 1) {
    const name = random.of(NAMES);
    bytes = (MUTATIONS[name] as Mutation)(bytes, random);
    names.push(name);
  }
  return { bytes, names };
};
