import actions from '../../../resources/remediation/actions.json';
import type { CitedAction, Exhibit } from '../../shared/model/exhibit';

/** Names to fill into commands; every value comes from the evidence. */
export interface Names {
  readonly user: string | null;
  readonly role: string | null;
  readonly accessKey: string | null;
  readonly instance: string | null;
  readonly bucket: string | null;
  readonly address: string | null;
  readonly trail: string | null;
  readonly account: string | null;
  readonly from: string;
  readonly to: string;
}

const PHASES = ['preserve', 'contain', 'eradicate', 'recover', 'prevent'] as const;

/** Quoted for a POSIX shell, so that a name from a log can never become a command. */
function shell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

function fill(command: string, names: Names): string {
  const values: Readonly<Record<string, string | null>> = {
    USER: names.user,
    ROLE: names.role,
    AKIA: names.accessKey,
    INSTANCE: names.instance,
    'I-ID': names.instance,
    BUCKET: names.bucket,
    IP: names.address,
    TRAIL: names.trail,
    ACCOUNT: names.account,
    T0: names.from,
    T1: names.to,
  };
  return command.replace(/<([A-Z0-9_-]+)>/g, (whole, name: string) => {
    const value = values[name];
    return value === null || value === undefined ? whole : shell(value);
  });
}

/** The actions of the given ids, each once, in the order preserve to prevent, with names filled in. Placeholders that the evidence does not name stay. */
export function remediationSteps(wanted: ReadonlyMap<string, { readonly because: string; readonly exhibits: readonly Exhibit[] }>, names: Names): CitedAction[] {
  return actions
    .filter((action) => wanted.has(action.id))
    .map((action) => {
      const reason = wanted.get(action.id);
      const phase = PHASES.find((p) => p === action.phase) ?? 'contain';
      const note = action.note === '' ? '' : ` ${action.note}.`;
      return {
        text: `${action.title}: ${reason?.because ?? ''}.${note}`,
        commands: action.cli.map((c) => fill(c, names)),
        phase,
        exhibits: reason?.exhibits ?? [],
      };
    })
    .sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
}
