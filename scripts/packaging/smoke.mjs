import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../setup/paths.mjs';
import { say, seconds } from '../setup/say.mjs';
import { checkWindow } from './window-check.mjs';

/**
 * `npm run package:smoke` (root, Debian, debootstrap): installs the deb of dist/ in a bare Debian 12 made for it and
 * does the main job with the installed program, as root and as a user of no rights, without a display; then opens the
 * window on the user's case on a virtual one and leaves its picture in dist/.
 */
const startedAt = performance.now();
const root = mkdtempSync(join(process.env.COLDTRAIL_SMOKE_DIR ?? tmpdir(), 'coldtrail-smoke-'));
const mounted = [];

function must(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1e8, ...options });
  if (result.error) throw new Error(`${program}: ${result.error.message}`);
  if (result.status !== 0)
    throw new Error(
      `${program} ${args.join(' ')} ended with ${result.status}: ${result.stderr.slice(-1500)}`,
    );
  return result.stdout;
}

const ENV = ['/usr/bin/env', '-i', 'PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'DEBIAN_FRONTEND=noninteractive'];
const command = (user) => (words) => [
  'chroot',
  ['--userspec', user, root, ...ENV, `HOME=${user === 'root' ? '/root' : '/tmp'}`, ...words],
];
const inside = (user, ...words) => must(...command(user)(words));

function mount(...args) {
  must('mount', args);
  mounted.push(args.at(-1));
}

function check(name, isTrue) {
  if (!isTrue) throw new Error(`${name}: not so`);
  say(`pass  ${name}`);
}

function mainJob(user, folder) {
  const json = (...words) => JSON.parse(inside(user, 'coldtrail', ...words, '--json'));
  inside(
    user,
    'coldtrail',
    'sample',
    '--out',
    `${folder}/sample`,
    '--seed',
    '5',
    '--events',
    '6000',
    '--json',
  );
  const truth = JSON.parse(readFileSync(join(root, folder, 'sample', 'truth.json'), 'utf8'));
  const opened = json('open', `${folder}/sample/bundle`, '--case', `${folder}/case`);
  check(
    `${user}: every file is imported (${opened.files.imported})`,
    opened.files.imported > 0 && opened.files.issue === 0,
  );
  const [top] = json('incidents', '--case', `${folder}/case`);
  check(
    `${user}: the first intrusion is that of the truth`,
    top.firstIntrusion.eventId === truth.firstIntrusion.eventId,
  );
  inside(user, 'coldtrail', 'report', '--case', `${folder}/case`, '--out', `${folder}/report.pdf`);
  const pdf = readFileSync(join(root, folder, 'report.pdf'));
  check(`${user}: the report is a PDF (${pdf.length} bytes)`, pdf.subarray(0, 5).toString() === '%PDF-');
  check(`${user}: nothing has changed`, json('verify', '--case', `${folder}/case`).ok === true);
  return top.id;
}

async function lookAt(user, folder, incident) {
  const caseFolder = `${folder}/case`;
  const colours = await checkWindow({
    root,
    command: command(user),
    words: ['coldtrail', '--case', caseFolder, '--incident', incident],
    folder,
    picture: inRoot('dist', 'window.png'),
  });
  check(`${user}: the window shows the incident (${colours} colours; dist/window.png)`, colours > 0);
  const { ok } = JSON.parse(inside(user, 'coldtrail', 'doctor', '--case', caseFolder, '--json'));
  check(`${user}: the doctor finds program and case in order after it`, ok);
}

try {
  const deb = readdirSync(inRoot('dist')).find((name) => name.endsWith('.deb'));
  if (!deb) throw new Error('there is no deb in dist/; run npm run package first');
  must('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', root]);
  for (const file of ['/etc/resolv.conf', '/etc/hosts'])
    if (existsSync(file)) copyFileSync(file, join(root, file));
  chmodSync(root, 0o755);
  mount('--bind', '/proc', join(root, 'proc'));
  mount('--bind', '/dev', join(root, 'dev'));
  mount('-t', 'tmpfs', 'tmpfs', join(root, 'dev', 'shm'));
  copyFileSync(inRoot('dist', deb), join(root, 'tmp', deb));
  inside('root', 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', `/tmp/${deb}`);
  check(
    'the program is on the path',
    existsSync(join(root, 'usr/bin/coldtrail')) || inside('root', 'which', 'coldtrail') !== '',
  );
  for (const [user, folder] of [
    ['root', 'root/job'],
    ['nobody', 'tmp/job'],
  ]) {
    mkdirSync(join(root, folder), { recursive: true });
    if (user === 'nobody') must('chown', ['65534:65534', join(root, folder)]);
    const incident = mainJob(user, `/${folder}`);
    if (user === 'nobody') await lookAt(user, `/${folder}`, incident);
  }
  inside('root', 'apt-get', 'remove', '-y', '-qq', 'coldtrail');
  check(
    'removing it leaves nothing behind',
    !existsSync(join(root, 'opt/Coldtrail')) && !existsSync(join(root, 'usr/bin/coldtrail')),
  );
  say(`The package was installed, used and removed in ${seconds(startedAt)}.`);
} catch (error) {
  say(`smoke: ${error.message}`);
  process.exitCode = 1;
} finally {
  for (const place of mounted.reverse()) spawnSync('umount', ['-l', place]);
  rmSync(root, { recursive: true, force: true });
}
