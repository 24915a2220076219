import { type CallFact, type Facts, type NamedEntity, valuesAt } from './facts';
import { type CallRule, FROM_CALLS } from './from-calls';

/** Placeholder -> value. */
type Values = Readonly<Record<string, string>>;

export interface Action {
  readonly id: string;
  /** What the action acts on: decides which named entities may fill its commands. */
  readonly entity: string;
  readonly cli: readonly string[];
}

export interface Filled {
  readonly commands: readonly string[];
  /** How many more commands the evidence would fill. */
  readonly more: number;
  /** Placeholders that the evidence does not name. */
  readonly open: readonly string[];
}

/** Commands of one template that are printed. */
const EACH = 5;
/** Things that the intruder made, or changed in one call: nobody who merely acted is ever meant. */
const ONLY_FROM_CALLS = new Set(['R-USER-DEL', 'R-ROLE-DEL', 'R-USER-MFA', 'R-ROLE-TRUST', 'R-S3-VERS']);

/** What the intruder made, where there is such a thing, else what the intruder used. */
const BEFORE_ACTORS = new Set(['R-KEY-DEL']);

/**
 * The commands of an action for everything that the records of its findings name. `calling` are the findings that ask for
 * the action, `always` what holds for the whole incident. A command of an action whose other commands match what was done,
 * and which itself undoes nothing that was done, is left out.
 */
export function fillCommands(
  action: Action,
  calling: ReadonlySet<string>,
  { facts, always }: { readonly facts: Facts; readonly always: Values },
): Filled {
  const rules = FROM_CALLS[action.id] ?? [];
  const found = action.cli.map((command) => ({ command, own: contextsOf(command, rules, facts) }));
  const isDone = found.some(({ own }) => own.length > 0);
  const named =
    ONLY_FROM_CALLS.has(action.id) || (isDone && BEFORE_ACTORS.has(action.id))
      ? []
      : namedFor(action.entity, calling, facts);
  const commands: string[] = [];
  let more = 0;
  for (const { command, own } of found) {
    if (own.length === 0 && isDone && isBound(command, rules)) continue;
    const contexts = [...named, ...own].map((values) => ({ ...always, ...values }));
    const filled = best(
      contexts.length > 0 ? contexts.map((v) => fill(command, v)) : [fill(command, always)],
    );
    commands.push(...filled.slice(0, EACH));
    more += Math.max(0, filled.length - EACH);
  }
  return { commands, more, open: openIn(commands) };
}

const PLACEHOLDER = /<([A-Z0-9_-]+)>/g;

function openIn(commands: readonly string[]): string[] {
  return [...new Set(commands.flatMap((c) => [...c.matchAll(PLACEHOLDER)].map((m) => m[1] ?? '')))];
}

/** Each command once; where some are filled further than others, only those. */
function best(commands: readonly string[]): string[] {
  const open = (command: string) => openIn([command]).length;
  const least = Math.min(...commands.map(open));
  return [...new Set(commands.filter((c) => open(c) === least))];
}

const appliesTo = (command: string, rule: CallRule) => rule.only === undefined || command.includes(rule.only);

function isBound(command: string, rules: readonly CallRule[]): boolean {
  return rules.some((rule) => rule.only !== undefined && command.includes(rule.only));
}

function contextsOf(command: string, rules: readonly CallRule[], facts: Facts): Values[] {
  const own = rules.filter((rule) => appliesTo(command, rule));
  const found = own.filter((r) => !r.anchor).flatMap((r) => fromCalls(r, facts));
  const anchor = rules.find((r) => r.anchor);
  if (!anchor) return found;
  const anchors = fromCalls(anchor, facts);
  return isBound(command, rules) ? found.filter((v) => anchors.some((a) => agree(a, v))) : anchors;
}

function agree(a: Values, b: Values): boolean {
  return Object.entries(a).every(([name, value]) => b[name] === undefined || b[name] === value);
}

function fromCalls(rule: CallRule, { calls }: Facts): Values[] {
  return calls
    .filter((call) => !call.failed && isOneOf(call.name, rule.calls))
    .flatMap((c) => fromCall(rule, c));
}

function isOneOf(name: string, wanted: readonly string[]): boolean {
  return wanted.some((w) => (w.endsWith('*') ? name.startsWith(w.slice(0, -1)) : name === w));
}

/** A call that names several things gives one context each; what it names once goes into all of them. */
function fromCall({ values }: CallRule, call: CallFact): Values[] {
  const lists = Object.entries(values).map(([name, path]) => [name, valuesOf(call, path)] as const);
  const length = Math.max(0, ...lists.map(([, list]) => list.length));
  return Array.from({ length }, (_, i) =>
    Object.fromEntries(
      lists.flatMap(([name, list]) => {
        const value = list.length === 1 ? list[0] : list[i];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
}

function valuesOf(call: CallFact, path: string): string[] {
  if (path === 'region' || path === 'account') return call[path] === null ? [] : [call[path]];
  if (path.includes('|')) {
    const tried = path.split('|').map((one) => valuesOf(call, one));
    return tried.find((list) => list.length > 0) ?? [];
  }
  const [side, ...keys] = path.replace(/\/$/, '').split('.');
  const found = valuesAt(side === 'request' ? call.request : call.response, keys);
  return path.endsWith('/') ? found.map(tail) : found;
}

const tail = (arn: string) => arn.split('/').pop() ?? arn;

/** What the findings that call for an action name as its kind of thing; an instance or an address may be another finding's. */
function namedFor(entity: string, calling: ReadonlySet<string>, facts: Facts): Values[] {
  const mine = facts.entities.filter((e) => calling.has(e.findingId));
  const calls = facts.calls.filter((c) => calling.has(c.findingId));
  const of = (type: string, roles: readonly string[], from = mine) => [
    ...new Set(from.filter((e) => e.type === type && roles.includes(e.role)).map((e) => e.id)),
  ];
  const ownElseAny = (type: string, roles: readonly string[]) => {
    const own = of(type, roles);
    return own.length > 0 ? own : of(type, roles, [...facts.entities]);
  };
  switch (entity) {
    case 'user':
      return of('user', ['actor'])
        .filter((id) => !isRoot(id))
        .map((id) => ({ USER: tail(id) }));
    case 'role':
      return of('role', ['actor'])
        .filter((id) => !id.includes(':role/aws-service-role/'))
        .map((id) => ({ ROLE: tail(id) }));
    case 'accessKey':
      return of('accessKey', ['credential', 'target']).flatMap((id) => {
        const owner = facts.keyOwners.get(id);
        return owner === undefined ? [] : [{ AKIA: id, USER: owner }];
      });
    case 'instance':
      return ownElseAny('instance', ['actor', 'target']).map((id) => ({ I: id }));
    case 'network':
      return ownElseAny('address', ['address']).map((id) => ({ IP: id }));
    case 'bucket':
      return bucketsOf(of('bucket', ['target']), calls);
    case 'function':
      return of('function', ['target']).map((id) => ({ F: id }));
    case 'account':
      return calls.map(({ account, region }) => ({
        ...(account === null ? {} : { ACCOUNT: account, ACCOUNT_OR_OU: account }),
        ...(region === null ? {} : { REGION: region }),
      }));
    default:
      return [];
  }
}

const isRoot = (id: string) => id.endsWith(':root');

/** Whom an action on a kind of credential can be about. Root is no IAM user; a session of a role has no key to switch off. */
const HOLDERS: Readonly<Record<string, (actor: NamedEntity) => boolean>> = {
  user: ({ type, id }) => type === 'user' && !isRoot(id),
  accessKey: ({ type }) => type === 'user',
  role: ({ type }) => type === 'role',
};

/** Whether the findings that call for an action name who acted, and none of them is of the action's kind. */
export function isForOthers({ id, entity }: Action, calling: ReadonlySet<string>, facts: Facts): boolean {
  const actors = facts.entities.filter(
    (e) => calling.has(e.findingId) && e.role === 'actor' && (e.type === 'user' || e.type === 'role'),
  );
  const holds = HOLDERS[entity];
  return holds !== undefined && !BEFORE_ACTORS.has(id) && actors.length > 0 && !actors.some(holds);
}

function bucketsOf(named: readonly string[], calls: readonly CallFact[]): Values[] {
  const asked = calls.flatMap((c) =>
    valuesAt(c.request, ['bucketName']).map((B) => (c.account === null ? { B } : { B, ACCOUNT: c.account })),
  );
  const known = new Set(asked.map(({ B }) => B));
  return [...asked, ...named.filter((B) => !known.has(B)).map((B) => ({ B }))];
}

/** Quoted for a POSIX shell, so that a name from a log can never become a command. */
function shell(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

function fill(command: string, values: Values): string {
  const wide = values['IP']?.includes(':') === true;
  const fitting = wide ? command.replace('--cidr-block <IP>/32', '--ipv6-cidr-block <IP>/128') : command;
  return fitting.replace(PLACEHOLDER, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : shell(value);
  });
}
