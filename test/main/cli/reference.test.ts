import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../src/main/cli/command';

const modules = import.meta.glob<Command>('../../../src/main/cli/commands/*.ts', {
  eager: true,
  import: 'default',
});
const commands = Object.values(modules);
const doc = readFileSync(join(import.meta.dirname, '../../../docs/cli.md'), 'utf8');
/** Commands that a row of the table begins with. */
const rows = new Set([...doc.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name));

describe('docs/cli.md', () => {
  it('has a row for every command, and none for another', () => {
    expect([...rows].sort()).toEqual(commands.map(({ name }) => name).sort());
  });
});

describe('the usage of each command', () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    '%s names its options and no others',
    (_, command) => {
      const named = new Set([...command.usage.matchAll(/--([a-z][\w-]*)/g)].map(([, option]) => option));
      expect([...named].sort()).toEqual(Object.keys(command.options).sort());
    },
  );
});
