import { itemAt } from './item-at';

const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function hexOf(word: number): string {
  return (
    itemAt(HEX, word >>> 24) +
    itemAt(HEX, (word >>> 16) & 255) +
    itemAt(HEX, (word >>> 8) & 255) +
    itemAt(HEX, word & 255)
  );
}

/** 32-bit FNV-1a with a final avalanche, the seed of one generator word. */
function hash32(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A seeded generator (sfc32) whose forks depend on their path alone, never on how many numbers were drawn before:
 * a change in one part of the composed world leaves all other parts as they were.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private count = 1;

  constructor(private readonly path: string) {
    this.a = hash32(path, 0x9e3779b9);
    this.b = hash32(path, 0x243f6a88);
    this.c = hash32(path, 0xb7e15162);
    for (let i = 0; i < 12; i += 1) this.word();
  }

  /** A generator of its own for the named part. */
  fork(name: string | number): Random {
    return new Random(`${this.path}/${name}`);
  }

  /** The next 32 bits, unsigned. */
  word(): number {
    const sum = (this.a + this.b + this.count) | 0;
    this.count = (this.count + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    return sum >>> 0;
  }

  /** Uniform in [0, 1). */
  float(): number {
    return this.word() / 4294967296;
  }

  /** Uniform integer, both ends included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.float() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.float() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return itemAt(list, Math.floor(this.float() * list.length));
  }

  /** One of the values, each as likely as its weight. */
  weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): T {
    let total = 0;
    for (const [weight] of choices) total += weight;
    let left = this.float() * total;
    for (const [weight, value] of choices) {
      left -= weight;
      if (left < 0) return value;
    }
    return itemAt(choices, choices.length - 1)[1];
  }

  /** `count` different elements in random order (all of them when there are fewer). */
  sample<T>(list: readonly T[], count: number): T[] {
    const rest = [...list];
    const chosen: T[] = [];
    while (chosen.length < count && rest.length > 0) {
      chosen.push(...rest.splice(Math.floor(this.float() * rest.length), 1));
    }
    return chosen;
  }

  normal(): number {
    const u = 1 - this.float();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.float());
  }

  /** Log-normal with the given median: human pauses, sizes, durations. */
  skewed(median: number, sigma = 0.7): number {
    return median * Math.exp(sigma * this.normal());
  }

  poisson(mean: number): number {
    if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let n = 0;
    for (let p = this.float(); p > limit; p *= this.float()) n += 1;
    return n;
  }

  /** A string of `length` characters of the alphabet. */
  text(alphabet: string, length: number): string {
    let text = '';
    for (let i = 0; i < length; i += 1) text += alphabet.charAt(Math.floor(this.float() * alphabet.length));
    return text;
  }

  /** Base64-like text, five characters a draw: request ids and tokens. */
  token(length: number): string {
    let text = '';
    while (text.length < length) {
      let word = this.word();
      for (let i = 0; i < 5; i += 1, word >>>= 6) text += BASE64.charAt(word & 63);
    }
    return text.slice(0, length);
  }

  digits(length: number): string {
    return this.text('0123456789', length);
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length) text += hexOf(this.word());
    return text.slice(0, length);
  }

  /** A version 4 UUID. */
  uuid(): string {
    const b = hexOf(this.word());
    const c = hexOf((this.word() & 0xffff0fff) | 0x4000);
    const d = hexOf((this.word() & 0x3fffffff) | 0x80000000);
    return `${b}-${c.slice(0, 4)}-${c.slice(4)}-${d.slice(0, 4)}-${d.slice(4)}${hexOf(this.word())}`;
  }
}
