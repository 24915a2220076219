import { deflateRawSync } from 'node:zlib';

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

// 1980-01-01: the archive of one case has the same bytes whenever it is written.
const DATE = 0x0021;
const UTF8_NAMES = 0x0800;
const DEFLATE = 8;

interface Member {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** The bytes of a .zip of the given files, in pieces. Up to 65,535 files and 4 GiB, which exhibits never reach. */
export function* zipOf(
  files: Iterable<{ readonly name: string; readonly bytes: Uint8Array }>,
): Generator<Uint8Array> {
  const members: Member[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const member = {
      name: Buffer.from(name),
      crc: crc32(bytes),
      packed: packed.length,
      size: bytes.length,
      offset,
    };
    const head = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields(member, false), member.name]);
    yield head;
    yield packed;
    offset += head.length + packed.length;
    members.push(member);
  }
  const directory = Buffer.concat(
    members.flatMap((m) => [Buffer.from('PK\u0001\u0002'), fields(m, true), m.name]),
  );
  yield directory;
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  yield end;
}

/** What a member's own head and its line of the directory have in common, and the line's further fields. */
function fields(m: Member, directory: boolean): Buffer {
  const out = Buffer.alloc(directory ? 42 : 26);
  let at = 0;
  const short = (value: number) => (at = out.writeUInt16LE(value, at));
  const long = (value: number) => (at = out.writeUInt32LE(value, at));
  if (directory) short(20);
  short(20);
  short(UTF8_NAMES);
  short(DEFLATE);
  short(0);
  short(DATE);
  long(m.crc);
  long(m.packed);
  long(m.size);
  short(m.name.length);
  short(0);
  if (directory) {
    short(0);
    short(0);
    short(0);
    long(0);
    long(m.offset);
  }
  return out;
}
