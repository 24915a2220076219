import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { dirname, join } from 'node:path';
import { REDACTIONS, type Redaction } from '../../shared/model/report';
import type { CaseFolder } from '../case/case-folder';
import type { Connection } from '../db/database';
import dictionarySql from './dictionary.sql?raw';
import { Pseudonyms } from './pseudonym';

/** A function from text to the text that may leave. */
export type Redact = (text: string) => string;

/** Pseudonyms both ways: for what is shown, and for what is asked by one who sees them alone. */
export interface Disguise {
  readonly redact: Redact;
  /** Names in place of the pseudonyms that this disguise has made; anything else stays. */
  readonly restore: (text: string) => string;
}

/** Names that are words of AWS or of JSON: replaced only where the record itself calls them a name. */
const ORDINARY = new Set(
  'root user users role roles admin account instance bucket service default none true false null aws ec2 s3 iam sts kms lambda logs key keys name type arn policy group path test tests dev prod data info error event events Event public private system console session critical high medium low informational discovery persistence execution impact collection exfiltration stealth cloudtrail guardduty coldtrail baseline vpc-flow technical executive evidence'.split(
    ' ',
  ),
);
/** From this length on a name is replaced inside longer words, too. */
const LONG = 7;
const INDEX = 3;

const KEY_ID = /\b(?:AKIA|ASIA|AIDA|AROA|AGPA|ANPA|ANVA|AIPA|ABIA|ACCA|APKA|ASCA)[A-Z0-9]{12,124}\b/g;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/g;
const RESOURCE =
  /\b(?:i|vol|snap|sg|subnet|vpc|vpce|eni|ami|rtb|igw|nat|acl|eipalloc|lt|fl|tgw|pcx|cr|db)-[0-9a-z]{8,20}\b/g;
const ACCOUNT = /(?<![0-9A-Za-z.])\d{12}(?![0-9A-Za-z])/g;
const IPV4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\w)/g;
const DASHED = /\b((?:ip|ec2)-)(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})\b/g;
const IPV6 = /(?<![\w:.])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])/g;
/** Addresses that name nobody. */
const PLAIN = /^(?:0\.0\.0\.0|127\.|169\.254\.|255\.255\.|::1?$|2001:db8:|24\d\.|25[0-4]\.)/i;

interface Known {
  readonly text: string;
  readonly pseudonym: string;
}

/**
 * Pseudonyms for what names somebody in this case, all kinds of it or the chosen ones. Writes the key of the case when
 * there is none.
 */
export async function redactorOf(
  connection: Connection,
  caseFolder: CaseFolder,
  kinds: readonly Redaction[] = REDACTIONS,
): Promise<Redact> {
  return makeRedactor(await namesOf(connection), await keyOf(caseFolder), kinds);
}

/** All kinds of pseudonyms of this case and of where it lies, both ways. Writes the key of the case when there is none. */
export async function disguiseOf(connection: Connection, caseFolder: CaseFolder): Promise<Disguise> {
  const home = { kind: 'folder', value: `${dirname(caseFolder.path)}/` };
  return makeDisguise([...(await namesOf(connection)), home], await keyOf(caseFolder), REDACTIONS);
}

interface Name {
  readonly kind: string;
  readonly value: string;
}

function namesOf(connection: Connection): Promise<Name[]> {
  return connection.rows<{ kind: string; value: string }>(dictionarySql);
}

async function keyOf(caseFolder: CaseFolder): Promise<Buffer> {
  const file = join(caseFolder.path, 'redaction.key');
  const fresh = randomBytes(32).toString('hex');
  await writeFile(file, `${fresh}\n`, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  return Buffer.from((await readFile(file, 'utf8')).trim(), 'hex');
}

export function makeRedactor(
  rows: readonly Name[],
  key: Buffer,
  kinds: readonly Redaction[] = REDACTIONS,
): Redact {
  return makeDisguise(rows, key, kinds).redact;
}

export function makeDisguise(rows: readonly Name[], key: Buffer, kinds: readonly Redaction[]): Disguise {
  const pseudonyms = new Pseudonyms(key);
  const chosen = new Set(kinds);
  const wanted = rows.filter(({ kind }) => kind === 'folder' || chosen.has(REDACTION_OF[kind] ?? 'names'));
  const index = indexOf(wanted, pseudonyms);
  return {
    redact: (text) => patterns(literals(text, index), pseudonyms, chosen),
    restore: (text) => pseudonyms.restore(text),
  };
}

/** What a kind of the dictionary counts as where not everything is replaced; everything else is a name. */
const REDACTION_OF: Readonly<Record<string, Redaction>> = {
  account: 'accounts',
  address: 'addresses',
  bucket: 'resources',
  function: 'resources',
  instance: 'resources',
  resource: 'resources',
};

/** The known texts by their first letters, longest first. */
function indexOf(rows: readonly Name[], pseudonyms: Pseudonyms): Map<string, Known[]> {
  const known = new Map<string, string>();
  for (const { kind, value } of rows) {
    for (const { text, pseudonym } of namesIn(kind, value, pseudonyms)) {
      for (const form of [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)])
        if (!known.has(form)) known.set(form, pseudonym);
    }
  }
  const index = new Map<string, Known[]>();
  for (const [text, pseudonym] of known) {
    const first = text.slice(0, INDEX);
    index.set(first, [...(index.get(first) ?? []), { text, pseudonym }]);
  }
  for (const list of index.values()) list.sort((a, b) => b.text.length - a.text.length);
  return index;
}

/** The parts of an id that name something: the pieces of an ARN's resource, an account, an address. */
function namesIn(kind: string, value: string, pseudonyms: Pseudonyms): Known[] {
  if (kind === 'account')
    return /^\d{12}$/.test(value) ? [{ text: value, pseudonym: pseudonyms.account(value) }] : [];
  if (kind === 'address')
    return isIP(value) > 0 && !PLAIN.test(value)
      ? [{ text: value, pseudonym: pseudonyms.address(value) }]
      : [];
  if (kind === 'folder') return [{ text: value, pseudonym: pseudonyms.folder(value) }];
  const arn = /^arn:[^:]*:([^:]*):[^:]*:([^:]*):(.+)$/.exec(value.split('|')[0] ?? '');
  // What AWS itself owns is no secret: arn:aws:iam::aws:policy/AdministratorAccess.
  if (arn?.[2] === 'aws') return [];
  const resource = (arn?.[3] ?? value).replace(
    /^(?:user|role|assumed-role|federated-user|group|policy|instance-profile|saml-provider|function|log-group|secret|table|cluster|key|alias|instance|trail)[/:]/,
    '',
  );
  return resource
    .split(/[/:|]/)
    .filter((part) => isName(part))
    .map((part) => ({ text: part, pseudonym: pseudonyms.name(kindOf(kind), part) }));
}

function isName(part: string): boolean {
  return (
    part.length >= INDEX &&
    !ORDINARY.has(part) &&
    !/^\d+$|^[A-Z]{4}[A-Z0-9]{12,}$|\.amazonaws\.com$|^aws-service-role$|^aws-reserved$/.test(part) &&
    /[A-Za-z]/.test(part)
  );
}

const KINDS: Readonly<Record<string, string>> = {
  roleSession: 'session',
  federatedUser: 'user',
  principal: 'name',
  accessKey: 'name',
};

function kindOf(kind: string): string {
  return KINDS[kind] ?? kind;
}

/** Every known text replaced, the longest at each place. */
function literals(text: string, index: ReadonlyMap<string, readonly Known[]>): string {
  let out = '';
  let kept = 0;
  for (let at = 0; at <= text.length - INDEX;) {
    const found = index.get(text.slice(at, at + INDEX))?.find((known) => standsAt(text, at, known.text));
    if (!found) {
      at += 1;
      continue;
    }
    out += text.slice(kept, at) + found.pseudonym;
    at += found.text.length;
    kept = at;
  }
  return kept === 0 ? text : out + text.slice(kept);
}

function standsAt(text: string, at: number, known: string): boolean {
  if (!text.startsWith(known, at)) return false;
  const digits = /^[\d.:]+$/.test(known);
  if (known.length >= LONG && !digits) return true;
  const word = digits ? /[\d.]/ : /[A-Za-z0-9_]/;
  const after = text[at + known.length] ?? '';
  // A full stop after an address ends a sentence.
  const open = digits && after === '.' ? /\d/.test(text[at + known.length + 1] ?? '') : word.test(after);
  // In an encoded address the letter before a name may end a %2F.
  const begins = !word.test(text[at - 1] ?? '') || /%[0-9A-F]{2}$/i.test(text.slice(Math.max(0, at - 3), at));
  return begins && !open;
}

/** What looks like an id although the case does not list it. */
function patterns(text: string, pseudonyms: Pseudonyms, kinds: ReadonlySet<Redaction>): string {
  const only = (kind: Redaction, replace: (text: string) => string) => (before: string) =>
    kinds.has(kind) ? replace(before) : before;
  const steps = [
    only('keys', (t) => t.replace(KEY_ID, (id) => (id.includes('REDACTED') ? id : pseudonyms.keyId(id)))),
    only('names', (t) =>
      t.replace(MAIL, (mail) => (mail.endsWith('@example.invalid') ? mail : pseudonyms.mail(mail))),
    ),
    only('resources', (t) =>
      t.replace(RESOURCE, (id) => (/\d/.test(id) && !id.includes('redacted') ? pseudonyms.resource(id) : id)),
    ),
    only('addresses', (t) => addresses(t, pseudonyms)),
    only('accounts', (t) =>
      t.replace(ACCOUNT, (id) => (id.startsWith('0000') ? id : pseudonyms.account(id))),
    ),
  ];
  return steps.reduce((done, step) => step(done), text);
}

function addresses(text: string, pseudonyms: Pseudonyms): string {
  const pseudonym = (ip: string) => (isIP(ip) > 0 && !PLAIN.test(ip) ? pseudonyms.address(ip) : ip);
  return text
    .replace(DASHED, (whole, head: string, ...parts: string[]) => {
      const address = parts.slice(0, 4).join('.');
      return isIP(address) > 0 && !PLAIN.test(address)
        ? `${head}${pseudonyms.address(address).replaceAll('.', '-')}`
        : whole;
    })
    .replace(IPV4, pseudonym)
    .replace(IPV6, pseudonym);
}
