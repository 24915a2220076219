import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors/app-error';
import type { Command, CommandIo } from './command';
import { plain } from './output';

const modules = import.meta.glob<Command>('./commands/*.ts', { eager: true, import: 'default' });
const commands = Object.values(modules).sort((a, b) => a.name.localeCompare(b.name));

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

function help(): string {
  const width = Math.max(...commands.map((c) => c.name.length));
  const lines = commands.map((c) => `  ${c.name.padEnd(width)}  ${c.summary}`);
  return [
    'Coldtrail - offline forensics for exported AWS logs',
    '',
    'Usage: coldtrail <command> [options]    coldtrail <command> --help',
    '',
    ...lines,
    '',
    'Result on stdout, messages on stderr. Exit: 0 done, 1 failed, 2 wrong usage, 3 done with issues.',
    '',
  ].join('\n');
}

function commandHelp(command: Command): string {
  return `${command.summary}\n\nUsage: coldtrail ${command.usage}\n`;
}

/** Writes to stdout and waits for a slow pipe, so that long results are whole before the process ends. */
function print(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(text, (error) => (error ? fail(error) : done()));
  });
}

function io(signal: AbortSignal): CommandIo {
  const terminal = process.stderr.isTTY;
  let open = false;
  const endLine = () => {
    if (open) process.stderr.write('\n');
    open = false;
  };
  return {
    print,
    note: (line) => {
      endLine();
      process.stderr.write(`${plain(line)}\n`);
    },
    progress: (line) => {
      if (!terminal) return;
      process.stderr.write(`\r\u001b[2K${plain(line)}`);
      open = true;
    },
    signal,
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
  };
}

function parse(command: Command, argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new AppError(
      'usage',
      { detail: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    await print(help());
    return name === undefined ? EXIT_USAGE : 0;
  }
  const command = commands.find((c) => c.name === name);
  if (!command) throw new AppError('usage', { detail: `There is no command ${name}.` });
  const { values, positionals } = parse(command, rest);
  if (values['help'] === true) {
    await print(commandHelp(command));
    return 0;
  }
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  process.once('SIGTERM', () => abort.abort());
  return command.run({ positionals, options: values, io: io(abort.signal) });
}

function failure(error: unknown): number {
  const app = error instanceof AppError ? error : null;
  const text = app ? app.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`coldtrail: ${plain(text)}\n`);
  if (app) process.stderr.write(`  ${app.hint}\n`);
  return app?.code === 'usage' ? EXIT_USAGE : EXIT_FAILED;
}

// A reader that stops early (head, less) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

void main(process.argv.slice(2))
  .catch(failure)
  .then((code) => process.exit(code));
