import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineFormat, messageFormat } from '../../../src/main/evidence/originals/line-format';
import { shapeOf } from '../../../src/main/evidence/originals/shapes';
import { splitRecords, type Piece } from '../../../src/main/evidence/originals/split-records';
import { splitTable, tableFormat } from '../../../src/main/evidence/originals/split-table';
import { tarMembers } from '../../../src/main/evidence/originals/tar';
import { walkLines } from '../../../src/main/evidence/originals/walk-lines';
import { LineBuffer } from '../../../src/main/ingest/line-buffer';
import { rowText } from '../../../src/main/sources/row-text';
import { sources } from '../../../src/main/sources';
import { tarOf } from '../../support/archives';

const RUNS = { numRuns: 300, seed: 20240503 };

const record = fc.record({
  eventVersion: fc.constant('1.08'),
  eventID: fc.uuid(),
  eventName: fc.string(),
  eventSource: fc.constant('s3.amazonaws.com'),
  requestParameters: fc.jsonValue({ maxDepth: 3 }),
});

/** A change that a disk, a copy or a person makes to a text. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), with: fc.constant('') }),
  fc.record({
    kind: fc.constant('put' as const),
    at: fc.nat(),
    with: fc.string({ maxLength: 8, unit: 'binary' }),
  }),
  fc.record({
    kind: fc.constant('flip' as const),
    at: fc.nat(),
    with: fc.constantFrom('"', '{', '}', '[', ']', '\\', '\n', '\0', ','),
  }),
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(), with: fc.constant('') }),
);

function damaged(bytes: Buffer, changes: readonly { kind: string; at: number; with: string }[]): Buffer {
  let out = bytes;
  for (const { kind, at, with: text } of changes) {
    const place = out.length === 0 ? 0 : at % out.length;
    const after =
      kind === 'cut' ? out.length : kind === 'put' ? place : kind === 'flip' ? place + 1 : place + 40;
    out = Buffer.concat([out.subarray(0, place), Buffer.from(text), out.subarray(after)]);
  }
  return out;
}

function inOrder(pieces: readonly Piece[], length: number): void {
  let end = 0;
  let start = -1;
  for (const piece of pieces) {
    expect(piece.start).toBeLessThanOrEqual(piece.end);
    expect(piece.end).toBeLessThanOrEqual(length);
    // Several records of one envelope share its place; else pieces follow each other.
    if (piece.start !== start) expect(piece.start).toBeGreaterThanOrEqual(end);
    start = piece.start;
    end = Math.max(end, piece.end);
  }
}

describe('JSON texts', () => {
  test('every record of an undamaged text is a piece, in any delivery', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), fc.nat(4), (records, delivery) => {
        const texts = [
          JSON.stringify({ Records: records }),
          JSON.stringify(records),
          records.map((r) => JSON.stringify(r)).join('\n'),
          records
            .map((r) => JSON.stringify({ 'detail-type': 'x', source: 's', detail: r }, null, 2))
            .join('\n'),
          JSON.stringify({
            logEvents: records.map((r, id) => ({ id, timestamp: 1, message: JSON.stringify(r) })),
          }),
        ];
        const bytes = Buffer.from(texts[delivery] ?? '');
        const pieces = [...splitRecords(bytes)];
        expect(pieces.map((p) => p.shape?.id)).toEqual(records.map(() => 'cloudtrail'));
        const read = pieces.map(
          (p) => JSON.parse(p.text ?? bytes.toString('utf8', p.start, p.end)) as unknown,
        );
        expect(read).toEqual(records.map((r) => JSON.parse(JSON.stringify(r)) as unknown));
      }),
      RUNS,
    );
  });

  test('a damaged text never fails, and its pieces follow each other', () => {
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 6 }),
        fc.array(damage, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (records, changes, lines) => {
          const text = lines
            ? records.map((r) => JSON.stringify(r)).join('\n')
            : JSON.stringify({ Records: records });
          const bytes = damaged(Buffer.from(text), changes);
          inOrder([...splitRecords(bytes)], bytes.length);
        },
      ),
      RUNS,
    );
  });

  test('a damaged line does not take its neighbours with it', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 2, maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        (records, which, cut) => {
          const lines = records.map((r) => JSON.stringify(r));
          const bad = which % lines.length;
          const line = lines[bad] ?? '';
          lines[bad] = line.slice(0, 1 + (cut % (line.length - 2)));
          const pieces = [...splitRecords(Buffer.from(lines.join('\n')))];
          const good = pieces.filter((p) => p.shape?.id === 'cloudtrail').length;
          expect(good).toBe(records.length - 1);
          expect(pieces.length).toBeGreaterThanOrEqual(records.length);
        },
      ),
      RUNS,
    );
  });

  test('any JSON value has a shape or none, and sources normalise or refuse it without failing', () => {
    const keys = [
      'class_uid',
      'metadata',
      'eventName',
      'eventTime',
      'srcaddr',
      'dstaddr',
      'start',
      'userIdentity',
      'unmapped',
      'cloud',
    ];
    const value = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(value, (object) => {
        shapeOf(object);
        for (const source of sources.values())
          for (const shape of source.shapes) {
            if (source.document) source.document.read(shape, object);
            else if (source.normalise) JSON.parse(source.normalise(shape, JSON.stringify(object), null));
          }
      }),
      RUNS,
    );
  });
});

describe('tables', () => {
  const cell = fc.string({ maxLength: 12 });
  const csv = (rows: readonly (readonly string[])[]) =>
    rows.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\r\n');
  const HEADER = ['eventName', 'eventTime', 'eventID'];

  test('cells come out as they went in', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const first = ['x', 'y', 'z'];
        const bytes = Buffer.from(csv([HEADER, first, ...rows]));
        const format = tableFormat(bytes);
        expect(format?.header).toEqual(HEADER);
        const full = [first, ...rows].filter(
          (row) => row.some((c) => c !== '') && row.some((c, i) => c.trim() !== HEADER[i]),
        );
        const read = [...splitTable(bytes, format!)].map(
          (p) => JSON.parse(p.text ?? 'null') as Record<string, string>,
        );
        expect(read.map((r) => HEADER.map((name) => r[name] ?? ''))).toEqual(full);
      }),
      RUNS,
    );
  });

  test('a damaged table never fails, and its rows follow each other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { maxLength: 6 }),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        (rows, changes) => {
          const bytes = damaged(Buffer.from(csv([HEADER, ['x', 'y', 'z'], ...rows])), changes);
          const format = tableFormat(bytes) ?? { delimiter: 0x2c, header: HEADER };
          inOrder([...splitTable(bytes, format)], bytes.length);
        },
      ),
      RUNS,
    );
  });
});

describe('lines', () => {
  test('every line that is not blank is visited once, and no bytes break the spool', () => {
    const s3 = messageFormat(
      'o b [06/Feb/2019:00:00:38 +0000] 192.0.2.3 - R REST.GET.OBJECT k "GET /k HTTP/1.1" 200 - 1 1 1 1 "-" "a" -',
    )!;
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 10 }), (texts) => {
        const bytes = Buffer.from(texts.map((t) => t.replaceAll('\n', ' ')).join('\n'));
        const out = new LineBuffer(16, '1\t-\t', s3);
        let visited = 0;
        walkLines(bytes, { header: null, comments: false, stamped: false }, (start, end) => {
          visited += 1;
          out.add(bytes, start, end, visited);
          out.keep();
          return true;
        });
        const blank = (t: string) => /^[ \r]*$/.test(t.replaceAll('\n', ' '));
        expect(visited).toBe(texts.filter((t) => !blank(t)).length);
        const lines = out.bytes().toString('utf8').split('\n').slice(0, -1);
        expect(lines.length).toBe(visited);
        for (const line of lines) expect(line.split('\t').length).toBe(3 + s3.fields.length + 1);
      }),
      RUNS,
    );
  });

  test('any text has a format or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void lineFormat(text)),
      RUNS,
    );
  });
});

describe('cells of rows', () => {
  test('any text is a value', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(rowText(text)).toBeDefined();
        expect(rowText(`{${text}`)).toBeDefined();
        expect(rowText(`[${text}]`)).toBeDefined();
      }),
      RUNS,
    );
  });

  test('objects written as Athena writes them are read back', () => {
    const key = fc.stringMatching(/^[a-z]{1,8}$/);
    const word = fc.stringMatching(/^[A-Za-z0-9/:.-]{1,12}$/).filter((w) => w !== 'null' && w !== 'None');
    const flat = fc.dictionary(key, word, { minKeys: 1 });
    const tree = fc.dictionary(key, fc.oneof(word, flat), { minKeys: 1 });
    const row = (value: Readonly<Record<string, string>>) =>
      `{${Object.entries(value)
        .map(([k, v]) => `${k}=${v}`)
        .join(', ')}}`;
    fc.assert(
      fc.property(tree, (value) => {
        const texts = Object.entries(value).map(([k, v]): [string, string] => [
          k,
          typeof v === 'string' ? v : row(v),
        ]);
        expect(rowText(row(Object.fromEntries(texts)))).toEqual(value);
      }),
      RUNS,
    );
  });
});

describe('tar', () => {
  test('a damaged archive never fails; what is listed can be read or says why not', async () => {
    const whole = tarOf([
      { name: 'a', body: 'x'.repeat(700) },
      { name: 'n'.repeat(120), body: 'y' },
      { name: 'c', body: '' },
    ]);
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { maxLength: 3 }), async (changes) => {
        let members = 0;
        for await (const member of tarMembers([damaged(whole, changes)])) {
          members += 1;
          if (member.refused === null) await member.read().catch(() => null);
        }
        expect(members).toBeLessThan(20);
      }),
      RUNS,
    );
  });
});
