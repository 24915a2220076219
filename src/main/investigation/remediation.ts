import actions from '../../../resources/remediation/actions.json';
import type { CitedAction, Exhibit } from '../../shared/model/exhibit';

/** Names to fill into commands; every value comes from the evidence. */
export interface Names {
  readonly user: string | null;
  readonly role: string | null;
  /** A long-term key together with the user it belongs to: never one without the other. */
  readonly accessKey: { readonly id: string; readonly user: string } | null;
  readonly instance: string | null;
  readonly bucket: string | null;
  readonly address: string | null;
  readonly from: string;
  readonly to: string;
}

const PHASES = ['preserve', 'contain', 'eradicate', 'recover', 'prevent'] as const;

/** Quoted for a POSIX shell, so that a name from a log can never become a command. */
function shell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/**
 * Placeholder -> value by what the action acts on. A name is only filled where it is the thing acted on: the bucket that
 * was robbed is not the bucket to log to, and the victim's account is not the one a snapshot was shared with.
 */
function valuesFor(entity: string, names: Names): Readonly<Record<string, string | null | undefined>> {
  const byEntity: Readonly<Record<string, Readonly<Record<string, string | null | undefined>>>> = {
    account: { T0: names.from, T1: names.to },
    user: { USER: names.user },
    role: { ROLE: names.role },
    accessKey: { AKIA: names.accessKey?.id, USER: names.accessKey?.user },
    instance: { I: names.instance },
    bucket: { B: names.bucket },
    network: { IP: names.address },
  };
  return byEntity[entity] ?? {};
}

function fill(command: string, entity: string, names: Names): string {
  const values = valuesFor(entity, names);
  return command.replace(/<([A-Z0-9_-]+)>/g, (whole, name: string) => {
    const value = values[name];
    return value === null || value === undefined ? whole : shell(value);
  });
}

/** Notes name other actions by id; a reader knows them by title. */
function byTitle(note: string): string {
  return note.replace(/R-[A-Z0-9-]+/g, (id) => {
    const named = actions.find((action) => action.id === id);
    return named ? `"${named.title}"` : id;
  });
}

/** The actions of the given ids, each once, in the order preserve to prevent, with names filled in. Placeholders that the evidence does not name stay. */
export function remediationSteps(
  wanted: ReadonlyMap<string, { readonly because: string; readonly exhibits: readonly Exhibit[] }>,
  names: Names,
): CitedAction[] {
  return actions
    .filter((action) => wanted.has(action.id))
    .map((action) => {
      const reason = wanted.get(action.id);
      const phase = PHASES.find((p) => p === action.phase) ?? 'contain';
      const note = action.note === '' ? '' : ` ${byTitle(action.note)}.`;
      return {
        text: `${action.title}: ${reason?.because ?? ''}.${note}`,
        commands: action.cli.map((c) => fill(c, action.entity, names)),
        phase,
        exhibits: reason?.exhibits ?? [],
      };
    })
    .sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
}
