import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call } from './stage.mjs';

/** Makes a deb of a staged tree with dpkg-deb; it honours SOURCE_DATE_EPOCH. */
export function buildDeb(facts, root) {
  const control = join(root, 'DEBIAN');
  mkdirSync(control);
  const size = Number(
    spawnSync('du', ['-sk', '--apparent-size', root], { encoding: 'utf8' }).stdout.split('\t')[0],
  );
  const fields = {
    Package: facts.name,
    Version: facts.version,
    Architecture: facts.architecture,
    Maintainer: facts.maintainer,
    'Installed-Size': String(size),
    Depends: facts.depends.join(', '),
    Recommends: facts.recommends.join(', '),
    Section: 'utils',
    Priority: 'optional',
    Description: `${facts.summary}\n ${facts.description}`,
  };
  const text = Object.entries(fields)
    .filter(([, value]) => value)
    .map(([field, value]) => `${field}: ${value}\n`)
    .join('');
  writeFileSync(join(control, 'control'), text);
  for (const [script, source] of [
    ['postinst', facts.afterInstall],
    ['postrm', facts.afterRemove],
  ]) {
    copyFileSync(source, join(control, script));
    chmodSync(join(control, script), 0o755);
  }
  call('dpkg-deb', ['--root-owner-group', '-Zxz', '-z2', '--build', root, facts.file]);
}
