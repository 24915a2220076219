type Tree = Readonly<Record<string, unknown>>;

/** A record of Security Lake in OCSF 1.0.0-rc.2, 1.1.0 and later (https://schema.ocsf.io), read by paths. */
export class OcsfRecord {
  /** The fields that OCSF has no place for, put together again from their dotted names. */
  readonly unmapped: Tree;

  constructor(readonly whole: Tree) {
    this.unmapped = expand(whole['unmapped']);
  }

  static parse(text: string): OcsfRecord {
    return new OcsfRecord(JSON.parse(text) as Tree);
  }

  /** The value at the first of these paths that has one; undefined when none has. */
  at(...paths: readonly string[]): unknown {
    for (const path of paths) {
      const value = follow(this.whole, path);
      if (value !== undefined && value !== null && value !== '') return value;
    }
    return undefined;
  }

  text(...paths: readonly string[]): string | undefined {
    const value = this.at(...paths);
    return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
  }

  /** ISO text of milliseconds since the epoch or of text at the first of these paths. */
  time(...paths: readonly string[]): string | undefined {
    const value = this.at(...paths);
    const millis = typeof value === 'number' ? value : Number(value);
    if (Number.isFinite(millis) && Math.abs(millis) < 8.64e15) return new Date(millis).toISOString();
    return typeof value === 'string' ? value : undefined;
  }

  /** JSON of a text member: request and response of a call. */
  json(...paths: readonly string[]): unknown {
    return asJson(this.at(...paths));
  }

  /** The account: `cloud.account.uid` of 1.1.0, `cloud.account_uid` of 1.0.0-rc.2; an ARN's own part. */
  account(): string | undefined {
    const uid = this.text('cloud.account.uid', 'cloud.account_uid');
    return uid?.startsWith('arn:') ? uid.split(':')[4] : uid;
  }
}

/** The value that a text is the JSON of; any other value as it is. */
export function asJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function follow(tree: unknown, path: string): unknown {
  let value = tree;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Tree)[key];
  }
  return value;
}

/** Members whose own keys hold dots: what follows is one key. */
const FLAT: ReadonlySet<string> = new Set(['annotations', 'labels', 'ProductFields']);
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** `{"a.b":"x","c[]":"y"}` as `{"a":{"b":"x"},"c":["y"]}`; values stay text, as Security Lake has them. */
function expand(unmapped: unknown): Tree {
  const out: Record<string, unknown> = {};
  if (typeof unmapped !== 'object' || unmapped === null) return out;
  for (const [path, value] of Object.entries(unmapped)) {
    if (value === null || value === undefined) continue;
    const keys = keysOf(path);
    if (keys.some((key) => FORBIDDEN.has(key))) continue;
    put(out, keys, value);
  }
  return out;
}

function keysOf(path: string): string[] {
  const keys = path.split('.');
  const flat = keys.findIndex((key) => FLAT.has(key));
  return flat < 0 || flat >= keys.length - 2
    ? keys
    : [...keys.slice(0, flat + 1), keys.slice(flat + 1).join('.')];
}

function put(tree: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [first = '', ...rest] = keys;
  const isList = first.endsWith('[]');
  const key = isList ? first.slice(0, -2) : first;
  if (rest.length === 0) {
    tree[key] ??= isList ? [value] : value;
    return;
  }
  const inner = tree[key];
  const child = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {};
  tree[key] = child;
  put(child as Record<string, unknown>, rest, value);
}

/** Drops what is undefined, and with it objects that have nothing left. */
export function present(tree: Tree): Tree {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(tree)) {
    if (value === undefined) continue;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) out[key] = value;
    else {
      const inner = present(value as Tree);
      if (Object.keys(inner).length > 0) out[key] = inner;
    }
  }
  return out;
}
