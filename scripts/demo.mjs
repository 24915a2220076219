import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { openDisplay, setup } from './setup.mjs';
import { electronFlags } from './setup/electron-flags.mjs';
import { inRoot, root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { say, seconds } from './setup/say.mjs';

/** A month of an organisation's logs that a laptop reads in seconds. */
const EVENTS = 60_000;
const FLOWS = 240_000;
const DONE_WITH_ISSUES = 3;

const demo = inRoot('demo');
const bundle = join(demo, 'bundle');
const caseFolder = join(demo, 'case');
const report = join(demo, 'report.pdf');

/** Runs a command of ours and returns what it wrote to stdout. */
function coldtrail(...args) {
  return new Promise((done, fail) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [inRoot('bin', 'coldtrail.mjs'), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 2],
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => {
      if (code !== 0 && code !== DONE_WITH_ISSUES)
        return fail(new Error(`coldtrail ${args[0]} ended with ${code}`));
      say(`coldtrail ${args[0]}: ${seconds(startedAt)}`);
      return done(Buffer.concat(chunks).toString());
    });
  });
}

function print(line = '') {
  process.stdout.write(`${line}\n`);
}

function printAnswer(question, statements) {
  print();
  print(question);
  for (const { text, commands = [] } of statements) {
    print(`  - ${text}`);
    for (const command of commands) print(`      ${command}`);
  }
}

function printIncident(incident) {
  print();
  print(`${incident.severity.toUpperCase()}  ${incident.title}`);
  print(`  ${incident.first} to ${incident.last}`);
  print(`  ${incident.tactics.join(' > ')}`);
  printAnswer('How did the incident happen?', incident.answers.how);
  printAnswer('Where was the first intrusion?', incident.answers.where);
  printAnswer('What now, and how is the next one prevented?', incident.answers.prevent);
  print();
}

async function investigate() {
  for (const path of [bundle, join(demo, 'truth.json'), caseFolder, report])
    rmSync(path, { recursive: true, force: true });
  mkdirSync(demo, { recursive: true });
  await coldtrail('sample', '--out', demo, '--events', String(EVENTS), '--flows', String(FLOWS), '--json');
  await coldtrail('open', bundle, '--case', caseFolder, '--json');
  const incidents = JSON.parse(await coldtrail('incidents', '--case', caseFolder, '--json'));
  if (incidents.length === 0) throw new Error('no incident was found in the sample');
  printIncident(incidents[0]);
  await coldtrail('report', '--case', caseFolder, '--incident', incidents[0].id, '--out', report);
}

/** With a display the window stays open for the user; without one it is driven and leaves screenshots. */
async function showWindow(electron, display) {
  if (display.virtual)
    return run(process.execPath, [inRoot('scripts', 'demo-window.mjs'), electron, caseFolder, demo], {
      env: display.env,
    });
  say('The window opens on the case; close it to end.');
  return run(electron, [...electronFlags(), root, caseFolder], { env: display.env, stdio: 'inherit' });
}

function printPlaces(display, startedAt) {
  print(`Logs         ${bundle}`);
  print(`Case         ${caseFolder}`);
  print(`Report       ${report}`);
  if (display.virtual) print(`Screenshots  ${demo}${'/'}*.png`);
  print(`Done in ${seconds(startedAt)}.`);
}

const startedAt = performance.now();
try {
  const electron = await setup();
  await ensureBuilt();
  await investigate();
  const display = await openDisplay();
  if (!display.virtual) printPlaces(display, startedAt);
  const { code } = await showWindow(electron, display);
  display.stop();
  if (code !== 0) throw new Error(`the window ended with ${code}`);
  if (display.virtual) printPlaces(display, startedAt);
} catch (error) {
  say(`demo: ${error.message}`);
  process.exit(1);
}
