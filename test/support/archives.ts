import { crc32, deflateRawSync } from 'node:zlib';

export interface Packed {
  readonly name: string | Buffer;
  readonly body: Buffer | string;
  /** Type of a tar member: `0` a file, `2` a symbolic link, `5` a folder. */
  readonly type?: string;
  /** Size that the header claims, when it lies. */
  readonly claims?: number;
}

/** A tar of these members in the old header, long names as GNU writes them. */
export function tarOf(members: readonly Packed[]): Buffer {
  const blocks = members.flatMap(({ name, body, type = '0', claims }) => {
    const bytes = Buffer.from(body);
    const path = Buffer.isBuffer(name) ? name : Buffer.from(name);
    const long =
      path.length > 99
        ? [header('././@LongLink', path.length + 1, 'L'), padded(Buffer.concat([path, Buffer.alloc(1)]))]
        : [];
    return [...long, header(path.subarray(0, 99), claims ?? bytes.length, type), padded(bytes)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function header(name: string | Buffer, size: number, type: string): Buffer {
  const block = Buffer.alloc(512);
  Buffer.from(name).copy(block);
  block.write('0000644\0', 100, 'latin1');
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  block.write('14700000000\0', 136, 'latin1');
  block.write('        ', 148, 'latin1');
  block.write(type, 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** A .zip of these members; `claims` is what the directory says of the size. */
export function zipOf(members: readonly Packed[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, body, claims } of members) {
    const bytes = Buffer.from(body);
    const path = Buffer.isBuffer(name) ? name : Buffer.from(name);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, path]));
    parts.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}

const MAX_BLOCK = 128 * 1024;

/** A zstd file of one frame with blocks that are not compressed (RFC 8878), as the standard allows. */
export function zstdOf(bytes: Buffer): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(bytes.length));
  const blocks: Buffer[] = [];
  for (let at = 0; at < Math.max(1, bytes.length); at += MAX_BLOCK) {
    const body = bytes.subarray(at, at + MAX_BLOCK);
    blocks.push(blockHeader(body.length, at + MAX_BLOCK >= bytes.length, 0), body);
  }
  // A window of 1 MiB, and eight bytes that say the size.
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xc0, 0x50]), size, ...blocks]);
}

/** A zstd file that repeats one byte as often as its blocks can. */
export function zstdBomb(blocks: number): Buffer {
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50]);
  const parts = Array.from({ length: blocks }, (_, i) =>
    Buffer.concat([blockHeader(MAX_BLOCK, i === blocks - 1, 1), Buffer.from('a')]),
  );
  return Buffer.concat([head, ...parts]);
}

function blockHeader(size: number, isLast: boolean, type: number): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((size << 3) | (type << 1) | Number(isLast), 0, 3);
  return header;
}
