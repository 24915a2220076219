import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './say.mjs';
import { stateDir } from './paths.mjs';

const POLL_MS = 200;

/**
 * Holds a named lock of this work tree while `work` runs, so that two commands started at once install and build once.
 * A lock whose owner is gone is taken over.
 */
export async function withLock(name, work) {
  mkdirSync(stateDir, { recursive: true });
  const file = join(stateDir, `${name}.lock`);
  let told = false;
  while (!take(file)) {
    if (!told) say(`Waiting for another command that holds ${name} ...`);
    told = true;
    await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!ownerLives(file)) rmSync(file, { force: true });
  return false;
}

function ownerLives(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Just created and not yet written: its owner lives.
    if (!pid) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
