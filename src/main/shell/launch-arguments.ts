/** What the process was started for. */
export type Launch =
  | { readonly mode: 'command'; readonly argv: readonly string[] }
  | { readonly mode: 'print'; readonly html: string; readonly pdf: string; readonly options: string | null }
  | {
      readonly mode: 'window';
      readonly caseDir: string | null;
      /** Bundles to import; a path of a case is opened as one. */
      readonly open: readonly string[];
      readonly incidentId: string | null;
      /** A deep link that the system handed over, unchecked. */
      readonly link: string | null;
    };

/** What the launcher of a package may put before the words of the user. */
const CHROMIUM = new Set(['--no-sandbox', '--log-level=3']);
/** How links to places in cases begin (shared/model/deep-link.ts). */
export const LINK = 'coldtrail:';
const VALUED = new Set(['--case', '--incident', '--print', '--pdf', '--options']);

interface Host {
  readonly isPackaged: boolean;
  /** First words that make it a command line; in the repository that is a program of its own. */
  readonly commands: ReadonlySet<string>;
  /** Whether somebody can see a window. */
  readonly isSeen: boolean;
}

/**
 * Reads `<command> [...]` in a package, `[--case <dir>] [--open <path>...] [<path>...] [--incident <id>]` or
 * `--print <html> --pdf <file> [--options <json>]`. What Chromium and Node add to the command line is passed over.
 */
export function parseLaunch(argv: readonly string[], { isPackaged, commands, isSeen }: Host): Launch {
  const values = new Map<string, string>();
  const paths: string[] = [];
  let link: string | null = null;
  const own = argv.slice(isPackaged ? 1 : afterAppPath(argv));
  if (isPackaged) {
    const words = own.filter((argument) => !CHROMIUM.has(argument));
    const isPrint = words.includes('--print');
    if (commands.has(words[0] ?? '') || (!isSeen && !isPrint)) return { mode: 'command', argv: words };
  }
  for (let i = 0; i < own.length; i += 1) {
    const argument = own[i] ?? '';
    if (VALUED.has(argument)) {
      const value = own[i + 1];
      if (value !== undefined) values.set(argument, value);
      i += 1;
    } else if (argument.startsWith(LINK)) {
      link = argument;
    } else if (!argument.startsWith('-')) {
      paths.push(argument);
    }
  }
  const html = values.get('--print');
  const pdf = values.get('--pdf');
  if (html !== undefined && pdf !== undefined) {
    return { mode: 'print', html, pdf, options: values.get('--options') ?? null };
  }
  return {
    mode: 'window',
    caseDir: values.get('--case') ?? null,
    open: paths,
    incidentId: values.get('--incident') ?? null,
    link,
  };
}

/** Unpackaged, the first argument that is no switch is the application itself. */
function afterAppPath(argv: readonly string[]): number {
  for (let i = 1; i < argv.length; i += 1) {
    const argument = argv[i] ?? '';
    if (argument === '-r' || argument === '--require') i += 1;
    else if (!argument.startsWith('-')) return i + 1;
  }
  return argv.length;
}
