import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeJsonFile } from '../../../src/main/shell/json-file';

test('two writes at once leave one whole file and nothing beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-json-'));
  try {
    const path = join(folder, 'recent.json');
    await Promise.all(Array.from({ length: 20 }, (_, n) => writeJsonFile(path, { n })));
    expect(await readdir(folder)).toEqual(['recent.json']);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ n: expect.any(Number) as number });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
