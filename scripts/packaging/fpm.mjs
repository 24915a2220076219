#!/usr/bin/env node
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDeb } from './deb.mjs';
import { buildRpm } from './rpm.mjs';
import { stage } from './stage.mjs';

/**
 * Stands in for fpm, which electron-builder calls to make a deb or an rpm and which cannot be had where only package
 * registries are reachable: reads the same words and hands them to Debian's dpkg-deb or to rpmbuild.
 */
const many = new Set(['-d', '--deb-recommends']);
const alone = new Set(['--force', '--debug']);

function parse(argv) {
  const options = { '-d': [], '--deb-recommends': [] };
  const contents = [];
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i];
    if (alone.has(word)) continue;
    if (!word.startsWith('-')) contents.push(word);
    else if (many.has(word)) options[word].push(argv[(i += 1)]);
    else options[word] = argv[(i += 1)];
  }
  return { options, contents };
}

const { options, contents } = parse(process.argv.slice(2));
const description = options['--description'].trim();
const [first, ...rest] = description.split('\n').map((line) => line.trim());
const facts = {
  name: options['--name'],
  version: options['--version'],
  architecture: options['--architecture'],
  maintainer: options['--maintainer'],
  vendor: options['--vendor'],
  license: options['--license'],
  summary: options['--rpm-summary'] ?? first,
  description: rest.join(' ') || first,
  depends: options['-d'],
  recommends: options['--deb-recommends'],
  afterInstall: options['--after-install'],
  afterRemove: options['--after-remove'],
  file: options['--package'],
};

const work = mkdtempSync(join(tmpdir(), 'coldtrail-package-'));
try {
  const root = join(work, 'root');
  stage(root, contents);
  const build = { deb: buildDeb, rpm: buildRpm }[options['-t']];
  if (!build) throw new Error(`There is no package of kind ${options['-t']} here.`);
  build(facts, root, work);
} finally {
  rmSync(work, { recursive: true, force: true });
}
