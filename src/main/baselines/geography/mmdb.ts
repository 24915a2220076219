const DAMAGED = 'a damaged MaxMind DB file';
/** Pointers can make a small file say a lot: the values of one entry end here. Cities have some 200. */
const MOST_VALUES = 20_000;
const DEEPEST = 32;

/**
 * Reads a MaxMind DB file (specification 2.0): a binary search tree over the bits of an address whose leaves point into a
 * section of typed data. Errors: throws Error on files that are none or are damaged; reading ends for every file.
 */
export class Mmdb {
  private readonly nodes: number;
  private readonly recordBits: number;
  private readonly version: number;
  private readonly data: number;
  private valuesLeft = 0;
  /** When the file was made. */
  readonly built: Date;
  readonly type: string;

  constructor(private readonly bytes: Buffer) {
    const at = bytes.lastIndexOf(Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'));
    if (at < 0) throw new Error('not a MaxMind DB file');
    const metadata = asMap(this.entry(at + 14, at + 14));
    this.nodes = Number(metadata['node_count']);
    this.recordBits = Number(metadata['record_size']);
    this.version = Number(metadata['ip_version']);
    if (![24, 28, 32].includes(this.recordBits) || !(this.nodes > 0)) throw new Error(DAMAGED);
    this.data = (this.nodes * this.recordBits) / 4 + 16;
    if (this.data > at) throw new Error(DAMAGED);
    this.built = new Date(Number(metadata['build_epoch']) * 1000);
    if (Number.isNaN(this.built.getTime())) throw new Error(DAMAGED);
    this.type = String(metadata['database_type']);
  }

  /** What the file says of an address, given as its 4 or 16 bytes; null when nothing. */
  get(address: readonly number[]): unknown {
    if (this.version === 4 && address.length === 16) return null;
    let node = 0;
    // IPv4 lives under ::/96 in a tree of IPv6.
    if (this.version === 6 && address.length === 4)
      for (let i = 0; i < 96 && node < this.nodes; i += 1) node = this.child(node, 0);
    for (let i = 0; i < address.length * 8 && node < this.nodes; i += 1) {
      node = this.child(node, ((address[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
    }
    if (node <= this.nodes) return null;
    return this.entry(this.data + node - this.nodes - 16, this.data);
  }

  /** The whole value at a place, within the limit of values. */
  private entry(at: number, base: number): unknown {
    this.valuesLeft = MOST_VALUES;
    try {
      return this.decode(at, base).value;
    } catch (error) {
      throw error instanceof RangeError ? new Error(DAMAGED) : error;
    }
  }

  private child(node: number, side: number): number {
    const at = (node * this.recordBits) / 4;
    if (this.recordBits === 24) return this.bytes.readUIntBE(at + side * 3, 3);
    if (this.recordBits === 32) return this.bytes.readUInt32BE(at + side * 4);
    const middle = this.bytes.readUInt8(at + 3);
    return side === 0
      ? ((middle & 0xf0) << 20) | this.bytes.readUIntBE(at, 3)
      : ((middle & 0x0f) << 24) | this.bytes.readUIntBE(at + 4, 3);
  }

  /** The value at a place; `base` is where pointers count from. */
  private decode(at: number, base: number, depth = 0): { readonly value: unknown; readonly next: number } {
    this.valuesLeft -= 1;
    if (depth > DEEPEST || this.valuesLeft < 0) throw new Error(DAMAGED);
    const control = this.bytes.readUInt8(at);
    let next = at + 1;
    let type = control >> 5;
    if (type === 1) return this.pointer(control, next, base, depth);
    if (type === 0) type = 7 + this.bytes.readUInt8(next++);
    let size = control & 0x1f;
    if (size >= 29) {
      const more = size - 28;
      size = [29, 285, 65_821][more - 1] ?? 0;
      size += this.bytes.readUIntBE(next, more);
      next += more;
    }
    return this.value(type, size, next, base, depth);
  }

  private pointer(control: number, at: number, base: number, depth: number) {
    const length = (control >> 3) & 3;
    const high = length === 3 ? 0 : (control & 7) * 2 ** (8 * (length + 1));
    const target = high + this.bytes.readUIntBE(at, length + 1) + ([0, 2048, 526_336, 0][length] ?? 0);
    return { value: this.decode(base + target, base, depth + 1).value, next: at + length + 1 };
  }

  private value(type: number, size: number, at: number, base: number, depth: number) {
    const end = at + size;
    switch (type) {
      case 2:
        return { value: this.bytes.toString('utf8', at, end), next: end };
      case 3:
        return { value: this.bytes.readDoubleBE(at), next: at + 8 };
      case 15:
        return { value: this.bytes.readFloatBE(at), next: at + 4 };
      case 5:
      case 6:
      case 8:
        return { value: size === 0 ? 0 : this.bytes.readUIntBE(at, Math.min(size, 6)), next: end };
      case 14:
        return { value: size === 1, next: at };
      case 7: {
        // Without a prototype, so that no key of a file is one of an object's own.
        const map = Object.create(null) as Record<string, unknown>;
        let next = at;
        for (let i = 0; i < size; i += 1) {
          const key = this.decode(next, base, depth + 1);
          const item = this.decode(key.next, base, depth + 1);
          map[String(key.value)] = item.value;
          next = item.next;
        }
        return { value: map, next };
      }
      case 11: {
        const list: unknown[] = [];
        let next = at;
        for (let i = 0; i < size; i += 1) {
          const item = this.decode(next, base, depth + 1);
          list.push(item.value);
          next = item.next;
        }
        return { value: list, next };
      }
      default:
        return { value: null, next: end };
    }
  }
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
