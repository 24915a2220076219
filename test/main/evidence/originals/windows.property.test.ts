import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { gunzipped } from '../../../../src/main/evidence/originals/chunks';
import { decode } from '../../../../src/main/evidence/originals/decode';
import { JsonWindows, splitRecords, type Piece } from '../../../../src/main/evidence/originals/split-records';
import {
  splitTable,
  tableFormat,
  TableWindows,
  type TableFormat,
} from '../../../../src/main/evidence/originals/split-table';
import { TextWindows } from '../../../../src/main/evidence/originals/windows';

const RUNS = { numRuns: 200, seed: 20240503 };
const MOST = 16 * 1024;

const record = fc.record({
  eventVersion: fc.constant('1.08'),
  eventID: fc.uuid(),
  eventName: fc.string({ unit: 'grapheme', maxLength: 30 }),
  eventSource: fc.constant('s3.amazonaws.com'),
  requestParameters: fc.jsonValue({ maxDepth: 2 }),
});
const sizes = fc.record({
  window: fc.integer({ min: 16, max: 900 }),
  chunk: fc.integer({ min: 1, max: 700 }),
});

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

interface Pieces {
  pieces(bytes: Buffer, isLast: boolean): Generator<Piece, number>;
}

/** What is told of each piece when the text comes in windows, with places in the original. */
async function windowed(
  bytes: Buffer,
  { window, chunk }: { window: number; chunk: number },
  reader: Pieces,
): Promise<unknown[]> {
  const { windows } = await TextWindows.open(cut(bytes, chunk), { window, most: MOST });
  const out: unknown[] = [];
  let next = (await windows?.next(0)) ?? null;
  while (windows && next) {
    const found = reader.pieces(next.bytes, next.isLast);
    let piece = found.next();
    for (; piece.done !== true; piece = found.next()) out.push(told(piece.value, next.shift ?? Number.NaN));
    next = next.isLast ? null : await windows.next(piece.value);
  }
  return out;
}

const told = ({ start, end, shape, text, problem, delivery }: Piece, shift: number) => ({
  start: start + shift,
  end: end + shift,
  shape: shape?.id,
  text,
  problem: problem?.code,
  delivery,
});

const DELIVERIES: readonly ((records: readonly object[]) => string)[] = [
  (records) => JSON.stringify({ Records: records }),
  (records) => JSON.stringify({ NextToken: 'a', Events: records, More: { a: [1] } }),
  (records) => JSON.stringify({ Events: records, NextToken: 'abc', More: { a: [1, 2] } }, null, 1),
  (records) => JSON.stringify(records),
  (records) => records.map((r) => JSON.stringify(r)).join('\n'),
  (records) => `${records.map((r) => `2024-05-03T10:00:00.000Z ${JSON.stringify(r)}`).join('\n')}\n`,
  (records) =>
    records
      .map((r) => JSON.stringify({ owner: '1', logGroup: 'g', logEvents: [{ message: JSON.stringify(r) }] }))
      .join(''),
  (records) => JSON.stringify({ took: 3, hits: { total: 2, hits: records.map((r) => ({ _source: r })) } }),
  (records) =>
    JSON.stringify({
      owner: '1',
      logGroup: 'g',
      logEvents: records.map((r) => ({ message: JSON.stringify(r) })),
    }),
];

test('a JSON text in windows gives the pieces of the whole text, of any delivery', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 8 }),
      fc.nat(DELIVERIES.length - 1),
      sizes,
      fc.boolean(),
      async (records, delivery, size, marked) => {
        const text = Buffer.from(`${marked ? '\ufeff' : ''}${DELIVERIES[delivery]?.(records) ?? ''}`);
        const whole = decode(text);
        const pieces = [...splitRecords(whole?.bytes ?? Buffer.alloc(0))];
        expect(pieces.length).toBe(records.length);
        expect(await windowed(text, size, new JsonWindows(MOST))).toEqual(
          pieces.map((piece) => told(piece, whole?.shift ?? Number.NaN)),
        );
      },
    ),
    RUNS,
  );
});

test('a broken record in windows is one piece, and its neighbours are kept', async () => {
  const good = (id: number) =>
    JSON.stringify({
      eventVersion: '1.08',
      eventName: 'A',
      eventSource: 's3.amazonaws.com',
      eventID: `e${id}`,
    });
  for (const join of [',', '\n'])
    for (let window = 64; window < 400; window += 7) {
      const records = [good(1), good(2), good(3).replace('"A"', '"A'), good(4), good(5)];
      const text = join === ',' ? `{"Records":[${records.join(',')}]}` : records.join('\n');
      const found = await windowed(Buffer.from(text), { window, chunk: 50 }, new JsonWindows(MOST));
      const whole = [...splitRecords(Buffer.from(text))].map((piece) => told(piece, 0));
      expect(found).toEqual(whole);
      expect(whole.filter((piece) => piece.shape === 'cloudtrail').length).toBe(4);
    }
});

test('a record that never ends is waited for no longer than the limit', async () => {
  const text = `{"Records":[{"a":"${'x'.repeat(3 * MOST)}`;
  const found = await windowed(Buffer.from(text), { window: 256, chunk: 1000 }, new JsonWindows(MOST));
  expect(found.length).toBeGreaterThan(0);
  expect(found).not.toContainEqual(expect.objectContaining({ shape: 'cloudtrail' }));
});

test('a table in windows gives the rows of the whole table', async () => {
  const cell = fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .map((text) => `"${text.replaceAll('"', '""')}"`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, fc.uuid()), { minLength: 1, maxLength: 12 }),
      sizes,
      async (cells, size) => {
        const rows = cells.map(
          ([name, id]) => `1.08,${id},A${name === '""' ? '' : ''},s3.amazonaws.com,${name}`,
        );
        const text = Buffer.from(
          `eventVersion,eventID,eventName,eventSource,errorMessage\r\n${rows.join('\r\n')}`,
        );
        const format = tableFormat(text);
        expect(format).not.toBeNull();
        const pieces = [...splitTable(text, format as TableFormat)];
        expect(pieces.length).toBe(rows.length);
        expect(
          await windowed(
            text,
            { ...size, window: 200 + size.window },
            new TableWindows(format as TableFormat, MOST),
          ),
        ).toEqual(pieces.map((piece) => told(piece, 0)));
      },
    ),
    RUNS,
  );
});

test('a text in windows is the whole text, in any encoding, whatever lies across the borders', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }),
      fc.constantFrom('utf8' as const, 'utf16le' as const),
      sizes,
      async (text, encoding, { window, chunk }) => {
        const mark = encoding === 'utf8' ? '' : '\ufeff';
        const bytes = Buffer.from(`${mark}{"text": "${text}"}`, encoding);
        const { windows } = await TextWindows.open(cut(bytes, chunk), { window, most: MOST });
        const parts: Buffer[] = [];
        let next = (await windows?.next(0)) ?? null;
        while (windows && next) {
          const taken = next.isLast ? next.bytes.length : Math.ceil(next.bytes.length / 2);
          parts.push(next.bytes.subarray(0, taken));
          next = next.isLast ? null : await windows.next(taken);
        }
        expect(Buffer.concat(parts)).toEqual(decode(bytes)?.bytes);
      },
    ),
    RUNS,
  );
});

test('what a damaged gzip stream gave before is kept, and the damage is told', async () => {
  const text = Buffer.from(Array.from({ length: 60_000 }, (_, i) => `line ${i * 7919}\n`).join(''));
  const stored = gzipSync(text);
  const read = async (bytes: Buffer) => {
    const codes: string[] = [];
    const parts: Buffer[] = [];
    for await (const part of gunzipped(cut(bytes, 5000), ({ code }) => codes.push(code))) parts.push(part);
    return { codes, given: Buffer.concat(parts) };
  };
  const same = async (bytes: Buffer, wanted: Buffer) => {
    const { codes, given } = await read(bytes);
    return codes.length === 0 && given.equals(wanted);
  };
  expect(await same(stored, text)).toBe(true);
  expect(await same(Buffer.concat([stored, stored]), Buffer.concat([text, text]))).toBe(true);
  const truncated = await read(stored.subarray(0, stored.length / 2));
  expect(truncated.codes).toEqual(['gzip.truncated']);
  expect(truncated.given.length).toBeGreaterThan(text.length / 3);
  expect(text.subarray(0, truncated.given.length).equals(truncated.given)).toBe(true);
  const spoilt = Buffer.from(stored);
  spoilt[spoilt.length - 6] = (spoilt.at(-6) ?? 0) ^ 1;
  const checked = await read(spoilt);
  expect(checked.codes).toEqual(['gzip.checksum']);
  expect(text.length - checked.given.length).toBeLessThanOrEqual(64 * 1024);
});
