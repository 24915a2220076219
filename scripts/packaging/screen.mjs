import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

/**
 * What a virtual X server shows, from the file that it keeps with `-fbdir` (XWD of 32 bits a pixel).
 * @param {string} file
 * @returns {{width: number, height: number, rgb: Buffer}} three bytes a pixel, row by row
 * Errors: a file of another form.
 */
export function readScreen(file) {
  const dump = readFileSync(file);
  const word = (n) => dump.readUInt32BE(4 * n);
  const [headSize, width, height, bits, lineBytes, colours] = [0, 4, 5, 11, 12, 19].map(word);
  if (bits !== 32) throw new Error(`${file}: ${bits} bits a pixel`);
  const from = headSize + 12 * colours;
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = from + y * lineBytes + 4 * x;
      const to = 3 * (y * width + x);
      rgb[to] = dump[at + 2];
      rgb[to + 1] = dump[at + 1];
      rgb[to + 2] = dump[at];
    }
  }
  return { width, height, rgb };
}

/** @returns {number} how many colours a picture of readScreen() has */
export function coloursOf({ rgb }) {
  const seen = new Set();
  for (let at = 0; at < rgb.length; at += 3) seen.add(rgb.readUIntBE(at, 3));
  return seen.size;
}

/** @returns {Buffer} a picture of readScreen() as PNG */
export function png({ width, height, rgb }) {
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y += 1)
    rgb.copy(rows, y * (1 + 3 * width) + 1, 3 * y * width, 3 * (y + 1) * width);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
