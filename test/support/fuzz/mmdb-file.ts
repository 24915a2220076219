/** An address range of a location file: the first bits of an address, and what the file says of it. */
interface Network {
  readonly address: readonly number[];
  readonly bits: number;
  readonly says: unknown;
}

type Link = { node: number } | { data: number } | null;

const MARK = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');

/** A MaxMind DB file (specification 2.0) of networks that do not overlap. */
export function mmdbFile(
  networks: readonly Network[],
  {
    recordBits = 24,
    version = 4,
    metadata = {},
  }: { recordBits?: 24 | 28 | 32; version?: 4 | 6; metadata?: object } = {},
): Buffer {
  const nodes: [Link, Link][] = [[null, null]];
  const data: Buffer[] = [];
  let offset = 0;
  for (const { address, bits, says } of networks) {
    const encoded = encodeValue(says);
    put(nodes, address, bits, { data: offset });
    data.push(encoded);
    offset += encoded.length;
  }
  const told = {
    node_count: nodes.length,
    record_size: recordBits,
    ip_version: version,
    build_epoch: 1714730400,
    database_type: 'Test-City',
    binary_format_major_version: 2,
    ...metadata,
  };
  const tree = nodes.map((links) => encodeNode(links, nodes.length, recordBits));
  return Buffer.concat([...tree, Buffer.alloc(16), ...data, MARK, encodeValue(told)]);
}

function put(nodes: [Link, Link][], address: readonly number[], bits: number, leaf: Link): void {
  let at = 0;
  for (let i = 0; i < bits; i += 1) {
    const side = ((address[i >> 3] ?? 0) >> (7 - (i & 7))) & 1;
    const node = nodes[at] as [Link, Link];
    if (i === bits - 1) node[side] = leaf;
    else {
      const next = node[side];
      at = next && 'node' in next ? next.node : nodes.push([null, null]) - 1;
      node[side] = { node: at };
    }
  }
}

function encodeNode(links: readonly [Link, Link], nodes: number, recordBits: number): Buffer {
  const [left, right] = links.map((link) => {
    if (link === null) return nodes;
    return 'node' in link ? link.node : nodes + 16 + link.data;
  }) as [number, number];
  const out = Buffer.alloc(recordBits / 4);
  if (recordBits === 32) {
    out.writeUInt32BE(left, 0);
    out.writeUInt32BE(right, 4);
    return out;
  }
  out.writeUIntBE(left & 0xffffff, 0, 3);
  out.writeUIntBE(right & 0xffffff, recordBits / 4 - 3, 3);
  if (recordBits === 28) out[3] = ((left >> 24) << 4) | (right >> 24);
  return out;
}

function head(type: number, size: number): Buffer {
  const extended = type > 7;
  const length = size < 29 ? size : 29;
  const bytes = [((extended ? 0 : type) << 5) | length];
  if (extended) bytes.push(type - 7);
  if (size >= 29) bytes.push(size - 29);
  return Buffer.from(bytes);
}

function encodeValue(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'string')
    return Buffer.concat([head(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 32) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([head(6, 4), bytes]);
  }
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return Buffer.concat([head(3, 8), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([head(11, value.length), ...value.map(encodeValue)]);
  const entries = Object.entries(value as object);
  return Buffer.concat([
    head(7, entries.length),
    ...entries.flatMap(([key, item]) => [encodeValue(key), encodeValue(item)]),
  ]);
}
