import type { ParseArgsConfig } from 'node:util';
import type { LogLevel } from '../../shared/model/log-level';
import type { Progress } from '../pipeline/progress';

export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** What a command gets of the world: its output goes to `print` (stdout), everything else to `note` (stderr). */
export interface CommandIo {
  /** Writes to stdout, without a line break of its own. */
  readonly print: (text: string) => Promise<void>;
  /** Writes a line to stderr. */
  readonly note: (line: string) => void;
  /** Shows progress on stderr: a line that is drawn over on a terminal, lines of JSON with `--progress json`. */
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal;
  /** From which level on the log of a case keeps lines. */
  readonly logLevel: LogLevel;
  /** Main's bundle, for an Electron that is started to print. */
  readonly mainBundle: string;
  /** The folder that relative paths start from. */
  readonly cwd: string;
}

export interface Command {
  readonly name: string;
  /** One line: what it does. */
  readonly summary: string;
  /** The synopsis after `coldtrail`. */
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Whether it takes words that are no options, such as paths. */
  readonly positionals?: boolean;
  /** Gives the exit code: 0 done, 1 failed, 3 done with issues. Wrong usage throws AppError `usage` (exit 2). */
  readonly run: (args: {
    positionals: readonly string[];
    options: OptionValues;
    io: CommandIo;
  }) => Promise<number>;
}

/** Done, and something of the evidence could not be read or made. */
export const EXIT_WITH_ISSUES = 3;
