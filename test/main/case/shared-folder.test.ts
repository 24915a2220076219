import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CaseFolder } from '../../../src/main/case/case-folder';
import { readShared, SHARE_MANIFEST, writeShared } from '../../../src/main/case/shared-folder';

const NOW = '2026-01-02T03:04:05.000Z';
let base: string;
let folder: string;
let caseFolder: CaseFolder;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'coldtrail-share-'));
  folder = join(base, 'shared');
  caseFolder = await CaseFolder.create(join(base, 'case'), 'First');
  const files = new Map([
    ['rules.json', '{}'],
    ['packs/1/0001-a.yml', 'title: a'],
  ]);
  await writeShared(folder, { kind: 'rules', caseFolder, files, now: NOW });
});
afterEach(() => rm(base, { recursive: true, force: true }));

const read = () => readShared(folder, 'rules');
const refused = (detail: RegExp) =>
  expect(read()).rejects.toMatchObject({
    code: 'share.refused',
    params: { detail: expect.stringMatching(detail) as string },
  });

interface Listed {
  path: string;
  bytes: number;
  sha256: string;
}
/** Changes the manifest as whoever made the folder could. */
async function forge(
  change: (manifest: { files: Listed[] } & Record<string, unknown>) => void,
): Promise<void> {
  const path = join(folder, SHARE_MANIFEST);
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { files: Listed[] } & Record<string, unknown>;
  change(manifest);
  await writeFile(path, JSON.stringify(manifest));
}
const listed = (path: string, text: string): Listed => ({
  path,
  bytes: Buffer.byteLength(text),
  sha256: createHash('sha256').update(text).digest('hex'),
});

describe('a shared folder', () => {
  it('gives what was written, and who wrote it', async () => {
    const { case: from, made, files } = await read();
    expect([from, made]).toEqual([{ id: caseFolder.info.id, name: 'First' }, NOW]);
    expect([...files]).toEqual([
      ['rules.json', '{}'],
      ['packs/1/0001-a.yml', 'title: a'],
    ]);
  });

  it('is never written into one that holds something', async () => {
    const again = writeShared(folder, { kind: 'rules', caseFolder, files: new Map(), now: NOW });
    await expect(again).rejects.toMatchObject({ code: 'share.occupied' });
  });

  it('is refused without manifest, of another kind, or changed', async () => {
    await expect(readShared(folder, 'investigations')).rejects.toMatchObject({ code: 'share.refused' });
    await writeFile(join(folder, 'rules.json'), '[]');
    await refused(/rules\.json is not as it was written/);
    await writeFile(join(folder, 'rules.json'), '{}'.padEnd(500));
    await refused(/larger than was written/);
    await rm(join(folder, SHARE_MANIFEST));
    await refused(/no plain file/);
  });

  it.each([
    '../case/case.json',
    '/etc/passwd',
    'packs/../../case/case.json',
    'packs/./a',
    'C:\\secret',
    '.ssh/id',
    'a\u0001b',
    'x'.repeat(5000),
  ])('takes no path that leads elsewhere: %s', async (path) => {
    await forge((manifest) => manifest.files.push(listed(path, 'x')));
    await refused(/coldtrail-share\.json/);
  });

  it('follows no link, neither of a file nor of a folder nor of the manifest', async () => {
    const secret = join(base, 'secret.yml');
    await writeFile(secret, 'secret');
    await symlink(secret, join(folder, 'link.yml'));
    await forge((manifest) => manifest.files.push(listed('link.yml', 'secret')));
    await refused(/link\.yml is no plain file/);
    await forge((manifest) => manifest.files.pop());
    await rename(join(folder, 'packs'), join(base, 'elsewhere'));
    await symlink(join(base, 'elsewhere'), join(folder, 'packs'));
    await refused(/0001-a\.yml is not there/);
    await rm(join(folder, 'packs'));
    await rename(join(base, 'elsewhere'), join(folder, 'packs'));
    await rename(join(folder, SHARE_MANIFEST), join(base, 'manifest'));
    await symlink(join(base, 'manifest'), join(folder, SHARE_MANIFEST));
    await refused(/no plain file/);
  });

  it.runIf(process.platform === 'linux')('waits for no pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.yml')]);
    await forge((manifest) => manifest.files.push(listed('pipe.yml', '')));
    await refused(/pipe\.yml is no plain file/);
  });

  it('takes no more than its limits, nor a file twice, nor a manifest of another shape', async () => {
    await forge((manifest) => {
      for (let n = 0; n < 17; n += 1)
        manifest.files.push({ path: `f${n}`, bytes: 16 * 1024 * 1024, sha256: '0'.repeat(64) });
    });
    await refused(/more than are taken/);
    await forge(
      (manifest) => (manifest.files = [...manifest.files.slice(0, 1), ...manifest.files.slice(0, 1)]),
    );
    await refused(/listed twice/);
    await forge((manifest) => (manifest['schema'] = 'coldtrail-share/2'));
    await refused(/coldtrail-share\/2/);
    await writeFile(join(folder, SHARE_MANIFEST), '[[[['.repeat(1000));
    await refused(/JSON/);
  });

  it.runIf(process.getuid?.() !== 0)('says what cannot be read', async () => {
    await chmod(join(folder, 'rules.json'), 0);
    await refused(/EACCES/);
  });

  it('looks at nothing that is not listed', async () => {
    await mkdir(join(folder, 'more'));
    await writeFile(join(folder, 'more', 'x.yml'), 'title: x');
    expect((await read()).files.size).toBe(2);
  });
});
