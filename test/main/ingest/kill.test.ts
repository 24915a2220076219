import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { composeSample } from '../../../src/sample';
import { buildChild, killImports } from '../../support/crash/kill-imports';

it('comes to the same case after kills at any step', { timeout: 240_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-kill-'));
  try {
    await buildChild();
    const { bundle } = await composeSample({ out: folder, events: 1000, flows: 2000, days: 7 });
    const killed = await killImports(bundle, folder, 10, 1);
    expect(killed).toEqual({ kills: 10, finished: 2, wrong: [] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
