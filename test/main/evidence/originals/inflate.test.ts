import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { inflate } from '../../../../src/main/evidence/originals/inflate';

const member = (text: string) => gzipSync(text.repeat(1000));

test('members before a cut, a wrong check sum and trailing bytes are kept', async () => {
  const cut = await inflate(Buffer.concat([member('a'), member('b'), member('c').subarray(0, 20)]));
  expect(cut.damage?.code).toBe('gzip.truncated');
  expect(cut.bytes.toString().startsWith('a'.repeat(1000) + 'b'.repeat(1000))).toBe(true);

  const wrong = member('a');
  wrong[wrong.length - 6] = (wrong[wrong.length - 6] as number) ^ 1;
  const sum = await inflate(Buffer.concat([wrong, member('b')]));
  expect(sum.damage?.code).toBe('gzip.checksum');
  expect(sum.bytes.toString()).toBe('a'.repeat(1000) + 'b'.repeat(1000));

  const garbage = await inflate(Buffer.concat([member('a'), member('b'), Buffer.from('no member')]));
  expect(garbage.bytes.toString()).toBe('a'.repeat(1000) + 'b'.repeat(1000));
});

test('what was compressed twice is opened twice', async () => {
  const { bytes, damage } = await inflate(gzipSync(Buffer.concat([member('a'), member('b')])));
  expect(damage).toBeNull();
  expect(bytes.toString()).toBe('a'.repeat(1000) + 'b'.repeat(1000));
});

test('a bomb ends at the limit', async () => {
  const { bytes, damage } = await inflate(gzipSync(Buffer.alloc(4 * 1024 ** 2)), 1024 ** 2);
  expect(damage?.code).toBe('gzip.tooLarge');
  expect(bytes.length).toBe(0);
});
