import { createHmac } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** Makes the pseudonyms of one case; the same key gives the same ones. */
export class Pseudonyms {
  private readonly known = new Map<string, string>();

  constructor(private readonly key: Buffer) {}

  /** `user-3fa90c11` */
  name(kind: string, value: string): string {
    return this.once(`name ${kind} ${value}`, (hash) => `${kind}-${hash.toString('hex', 0, 4)}`);
  }

  /** Twelve digits that begin with 0000. */
  account(value: string): string {
    return this.once(
      `account ${value}`,
      (hash) => `0000${String(hash.readUInt32BE(0) % 100_000_000).padStart(8, '0')}`,
    );
  }

  /** IPv4 in 240.0.0.0/4, which nobody uses; IPv6 in the prefix for documentation. */
  address(value: string): string {
    return this.once(`address ${value.toLowerCase()}`, (hash) =>
      isIPv4(value)
        ? [240 + ((hash[0] ?? 0) % 15), hash[1], hash[2], hash[3]].join('.')
        : `2001:db8:${[4, 6, 8, 10].map((at) => hash.readUInt16BE(at).toString(16)).join(':')}::1`,
    );
  }

  /** Keeps the four letters that tell the kind of id. */
  keyId(value: string): string {
    return this.once(
      `key ${value}`,
      (hash) => `${value.slice(0, 4)}REDACTED${hash.toString('hex', 0, 4).toUpperCase()}`,
    );
  }

  /** Keeps the prefix that tells the kind of resource. */
  resource(value: string): string {
    const prefix = value.slice(0, value.indexOf('-'));
    return this.once(`resource ${value}`, (hash) => `${prefix}-redacted${hash.toString('hex', 0, 4)}`);
  }

  mail(value: string): string {
    return this.once(`mail ${value}`, (hash) => `mail-${hash.toString('hex', 0, 4)}@example.invalid`);
  }

  private once(key: string, make: (hash: Buffer) => string): string {
    let made = this.known.get(key);
    if (made === undefined) {
      made = make(createHmac('sha256', this.key).update(key).digest());
      this.known.set(key, made);
    }
    return made;
  }
}
