import { createHmac } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** Meetings of hashes that are resolved. */
const MOST_ROUNDS = 100;
/** Every shape that a pseudonym can have, the more telling first. */
const SHAPES =
  /mail-[0-9a-f]{8}@example\.invalid|[A-Z]{4}REDACTED[0-9A-F]{8}|[a-z]+-redacted[0-9a-f]{8}|2001:db8(?::[0-9a-f]{1,4}){4}::1|\d{3}([.-])\d{1,3}\1\d{1,3}\1\d{1,3}|0000\d{8}|[A-Za-z][A-Za-z0-9]*-[0-9a-f]{8}/g;

/** Makes the pseudonyms of one case, and what they stand for; the same key gives the same ones. */
export class Pseudonyms {
  private readonly known = new Map<string, string>();
  private readonly originals = new Map<string, string>();

  constructor(private readonly key: Buffer) {}

  /** `user-3fa90c11` */
  name(kind: string, value: string): string {
    return this.once(`name ${kind} ${value}`, value, (hash) => `${kind}-${hash.toString('hex', 0, 4)}`);
  }

  /** Twelve digits that begin with 0000. */
  account(value: string): string {
    return this.once(
      `account ${value}`,
      value,
      (hash) => `0000${String(hash.readUInt32BE(0) % 100_000_000).padStart(8, '0')}`,
    );
  }

  /** IPv4 in 240.0.0.0/4, which nobody uses; IPv6 in the prefix for documentation. */
  address(value: string): string {
    return this.once(`address ${value.toLowerCase()}`, value, (hash) =>
      isIPv4(value)
        ? [240 + ((hash[0] ?? 0) % 15), hash[1], hash[2], hash[3]].join('.')
        : `2001:db8:${[4, 6, 8, 10].map((at) => hash.readUInt16BE(at).toString(16)).join(':')}::1`,
    );
  }

  /** Keeps the four letters that tell the kind of id. */
  keyId(value: string): string {
    return this.once(
      `key ${value}`,
      value,
      (hash) => `${value.slice(0, 4)}REDACTED${hash.toString('hex', 0, 4).toUpperCase()}`,
    );
  }

  /** Keeps the prefix that tells the kind of resource. */
  resource(value: string): string {
    const prefix = value.slice(0, value.indexOf('-'));
    return this.once(`resource ${value}`, value, (hash) => `${prefix}-redacted${hash.toString('hex', 0, 4)}`);
  }

  mail(value: string): string {
    return this.once(`mail ${value}`, value, (hash) => `mail-${hash.toString('hex', 0, 4)}@example.invalid`);
  }

  /** A folder of this machine, with the slash that ends it. */
  folder(value: string): string {
    return this.once(`folder ${value}`, value, (hash) => `folder-${hash.toString('hex', 0, 4)}/`);
  }

  /** The text with the originals in place of the pseudonyms that were made so far. */
  restore(text: string): string {
    return text.replace(SHAPES, (found) => this.originalOf(found) ?? found);
  }

  private originalOf(found: string): string | undefined {
    const dashed = /^\d+-/.test(found);
    const original = this.originals.get(dashed ? found.replaceAll('-', '.') : found);
    if (original !== undefined) return dashed ? original.replaceAll('.', '-') : original;
    // A name that was replaced inside a longer word keeps the letters before it.
    const dash = found.lastIndexOf('-');
    for (let at = 1; at < dash; at += 1) {
      const inner = this.originals.get(found.slice(at));
      if (inner !== undefined) return found.slice(0, at) + inner;
    }
    return undefined;
  }

  private once(key: string, original: string, make: (hash: Buffer) => string): string {
    let made = this.known.get(key);
    // Short hashes meet among very many names: the later of two is given another.
    for (let round = 0; made === undefined; round += 1) {
      const salted = round === 0 ? key : `${key} ${round}`;
      const fresh = make(createHmac('sha256', this.key).update(salted).digest());
      if (round < MOST_ROUNDS && this.originals.has(fresh)) continue;
      made = fresh;
      this.known.set(key, made);
      this.originals.set(made, original);
    }
    return made;
  }
}
