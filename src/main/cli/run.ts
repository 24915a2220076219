import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors/app-error';
import { maskSecrets } from '../../shared/text/mask-secrets';
import { DEFAULT_LOG_LEVEL, LOG_LEVELS } from '../../shared/model/log-level';
import { reportCrash } from '../diagnostics/crash-report';
import { oneOf } from './arguments';
import type { Command, CommandIo } from './command';
import { messagesTo, PROGRESS_WAYS, type ProgressWay } from './messages';

const modules = import.meta.glob<Command>('./commands/*.ts', { eager: true, import: 'default' });
const commands = Object.values(modules).sort((a, b) => a.name.localeCompare(b.name));

const HELP = new Set(['--help', '-h', 'help']);

/** First words that are for the command line: in a package the same program opens the window. */
export const COMMAND_WORDS: ReadonlySet<string> = new Set([...HELP, ...commands.map(({ name }) => name)]);

/** What every command takes. */
const COMMON_OPTIONS = {
  progress: { type: 'string' },
  'log-level': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

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
  return `${command.summary}\n\nUsage: coldtrail ${command.usage} [--progress auto|json|none] [--log-level error|warn|info|debug]\n`;
}

/** Writes to stdout, secrets masked, and waits for a slow pipe, so that long results are whole before the process ends. */
function print(text: string): Promise<void> {
  return new Promise((done, fail) => {
    process.stdout.write(maskSecrets(text), (error) => (error ? fail(error) : done()));
  });
}

function parse(command: Command, argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: { ...command.options, ...COMMON_OPTIONS },
      allowPositionals: command.positionals === true,
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

/**
 * Runs one command line (without the program's name) to its end and gives the exit code: 0 done, 1 failed, 2 wrong
 * usage, 3 done with issues. `mainBundle` is the file that Electron starts. Whoever calls it ends the process: windows and tests may host it too.
 */
export async function runCommandLine(argv: readonly string[], mainBundle: string): Promise<number> {
  // A reader that stops early (head, less) is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  try {
    return await command(argv, mainBundle);
  } catch (error) {
    return failure(error, argv);
  }
}

async function command(argv: readonly string[], mainBundle: string): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || HELP.has(name)) {
    await print(help());
    return name === undefined ? EXIT_USAGE : 0;
  }
  const found = commands.find((c) => c.name === name);
  if (!found) throw new AppError('usage', { detail: `There is no command ${name}.` });
  const { values, positionals } = parse(found, rest);
  if (values['help'] === true) {
    await print(commandHelp(found));
    return 0;
  }
  const abort = new AbortController();
  process.once('SIGINT', () => abort.abort());
  process.once('SIGTERM', () => abort.abort());
  const { note, progress } = messagesTo(process.stderr, oneOf(values, 'progress', PROGRESS_WAYS, 'auto'));
  const io: CommandIo = {
    print,
    note,
    progress,
    signal: abort.signal,
    logLevel: oneOf(values, 'log-level', LOG_LEVELS, DEFAULT_LOG_LEVEL),
    mainBundle,
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
  };
  return found.run({ positionals, options: values, io });
}

/** How messages are wanted, read before the arguments are checked: their faults are told that way, too. */
function wayOf(argv: readonly string[]): ProgressWay {
  const at = argv.indexOf('--progress');
  const word = at >= 0 ? argv[at + 1] : argv.find((a) => a.startsWith('--progress='))?.slice(11);
  return word === 'json' ? 'json' : 'none';
}

function failure(error: unknown, argv: readonly string[]): number {
  const messages = messagesTo(process.stderr, wayOf(argv));
  messages.failure(error);
  if (!(error instanceof AppError)) {
    const report = reportCrash('command', error);
    if (report !== null) messages.note(`Crash report: ${report}`);
  }
  return error instanceof AppError && error.code === 'usage' ? EXIT_USAGE : EXIT_FAILED;
}
