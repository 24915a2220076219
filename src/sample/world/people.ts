import type { Random } from '../random/random';
import { itemAt } from '../random/item-at';
import { type Account, composeId, composeRole, type Role } from './account';
import { DAY } from './calendar';
import type { Firm } from './names';
import { composePeopleNames } from './names';
import { ACCESS, type Country } from './countries';
import { addressOf } from './ranges';

export type Job = 'admin' | 'developer' | 'database' | 'analyst' | 'support' | 'finance';

/** A human with a way in: an IAM user with MFA, or a role session of the identity centre. */
export interface Person {
  readonly name: string;
  readonly job: Job;
  readonly account: Account;
  readonly userId: string;
  readonly userArn: string;
  /** Null for people who come by single sign-on. */
  readonly accessKeyId: string | null;
  readonly ssoRole: Role | null;
  readonly zoneHours: number;
  readonly homeAddress: string;
  readonly browser: string;
  readonly cli: string;
  /** Share of working days at the office address. */
  readonly office: number;
  /** Days of the bundle on which the person works away, with the address there. */
  readonly travel: Travel | null;
  /** First working time; later than the bundle's start for a new employee. */
  readonly from: number;
  readonly email: string;
  /** From a day on another machine: other tools at the same places. */
  readonly laptop: { readonly from: number; readonly browser: string; readonly cli: string } | null;
  /** The home line gets another address now and then; ascending. */
  readonly leases: readonly { readonly from: number; readonly address: string }[];
}

interface Travel {
  readonly from: number;
  readonly to: number;
  readonly country: Country;
  readonly address: string;
}

export interface Staff {
  readonly people: readonly Person[];
  readonly country: Country;
  readonly officeAddress: string;
  readonly newcomer: Person;
  readonly traveller: Person;
  readonly admins: readonly Person[];
}

const JOBS: readonly Job[] = [
  'admin',
  'developer',
  'developer',
  'developer',
  'developer',
  'database',
  'analyst',
  'analyst',
  'support',
  'finance',
  'admin',
  'developer',
];

function composeBrowser(random: Random): string {
  const chrome = random.int(124, 139);
  return random.pick([
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome}.0.0.0 Safari/537.36`,
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${chrome}.0.0.0 Safari/537.36`,
    `Mozilla/5.0 (X11; Linux x86_64; rv:${chrome}.0) Gecko/20100101 Firefox/${chrome}.0`,
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:${chrome}.0) Gecko/20100101 Firefox/${chrome}.0`,
  ]);
}

/** A command-line agent as the tool of that year writes it. */
function composeCli(random: Random): string {
  const minor = random.int(15, 28);
  const [os, arch] = random.pick([
    ['macos#24.3.0', 'arm64'],
    ['linux#5.15.167.4-microsoft-standard-WSL2', 'x86_64'],
    ['linux#6.8.0-52-generic', 'x86_64'],
    ['windows#11', 'amd64'],
  ] as const);
  return `aws-cli/2.${minor}.${random.int(0, 40)} md/awscrt#0.23.${random.int(2, 9)} ua/2.0 os/${os} md/arch#${arch} lang/python#3.12.9 md/pyimpl#CPython cfg/retry-mode#standard md/prompt#off`;
}

function composeLaptop(span: { start: number; days: number }, random: Random): Person['laptop'] {
  if (!random.chance(0.2)) return null;
  const from = span.start + random.int(1, span.days - 1) * DAY;
  return { from, browser: composeBrowser(random), cli: composeCli(random) };
}

/** Most lines keep their address for months; some get a new one of the same provider every few days. */
function composeLeases(
  living: Country,
  span: { start: number; days: number },
  random: Random,
): Person['leases'] {
  if (!random.chance(0.3)) return [];
  const leases = [];
  const every = random.int(3, 12) * DAY;
  for (let from = span.start + every; from < span.start + span.days * DAY; from += every)
    leases.push({ from, address: addressOf(living, random) });
  return leases;
}

/** The staff of the firm: one country for most, one traveller, one newcomer. */
export function composeStaff(
  firm: Firm,
  accounts: readonly Account[],
  span: { start: number; days: number },
  random: Random,
): Staff {
  const country = random.pick(ACCESS.slice(0, 8));
  const abroad = random.pick(ACCESS.filter((c) => c.code !== country.code));
  const visited = random.pick(ACCESS.filter((c) => c.code !== country.code && c.code !== abroad.code));
  const ssoNames = new Map<string, Role>();
  const names = composePeopleNames(JOBS.length, random);
  const people = names.map((name, i): Person => {
    const own = random.fork(name);
    const job = JOBS[i] ?? 'developer';
    const account = itemAt(accounts, accountIndex(i, job, own));
    const sso = job !== 'support' && job !== 'database' && own.chance(0.5);
    const living = own.chance(0.82) ? country : abroad;
    const travelDay = own.int(2, Math.max(2, span.days - 6)) * DAY;
    return {
      name,
      job,
      account,
      email: `${name}@${firm.domain}`,
      userId: composeId('AIDA', account, own),
      userArn: `arn:aws:iam::${account.id}:user/${name}`,
      accessKeyId: sso ? null : composeId('AKIA', account, own),
      ssoRole: sso ? ssoRole(account, job, ssoNames, random) : null,
      zoneHours: living.zoneHours,
      homeAddress: addressOf(living, own),
      browser: composeBrowser(own),
      cli: composeCli(own),
      office: living === country ? own.float() * 0.8 : 0,
      travel:
        i === 2
          ? {
              from: span.start + travelDay,
              to: span.start + travelDay + own.int(2, 5) * DAY,
              country: visited,
              address: addressOf(visited, own),
            }
          : null,
      laptop: composeLaptop(span, own.fork('laptop')),
      leases: composeLeases(living, span, own.fork('leases')),
      from: i === JOBS.length - 1 ? span.start + Math.floor(span.days * (0.35 + 0.3 * own.float())) * DAY : 0,
    };
  });
  const [newcomer, traveller] = [people[JOBS.length - 1], people[2]];
  if (!newcomer || !traveller) throw new RangeError('the staff is too small');
  return {
    people,
    country,
    officeAddress: addressOf(country, random.fork('office')),
    newcomer,
    traveller,
    admins: people.filter((p) => p.job === 'admin'),
  };
}

/** The first administrator and the newcomer work in the first account, the second administrator in the other. */
function accountIndex(number: number, job: Job, random: Random): number {
  if (number === 0 || number === JOBS.length - 1) return 0;
  if (job === 'admin' || job === 'analyst') return 1;
  return random.chance(0.8) ? 0 : 1;
}

function ssoRole(account: Account, job: Job, known: Map<string, Role>, random: Random): Role {
  const sets: Record<Job, string> = {
    admin: 'AdministratorAccess',
    developer: 'DeveloperAccess',
    database: 'DatabaseAccess',
    analyst: 'DataAnalyst',
    support: 'ViewOnlyAccess',
    finance: 'Billing',
  };
  const key = `${account.id}/${job}`;
  const found = known.get(key);
  if (found) return found;
  const name = `AWSReservedSSO_${sets[job]}_${random.fork(key).hex(16)}`;
  const role = composeRole(account, name, random.fork(name), '/aws-reserved/sso.amazonaws.com/');
  known.set(key, role);
  return role;
}

/** The address of the person's home at a time. */
export function homeAddressAt(person: Person, time: number): string {
  return person.leases.filter((lease) => lease.from <= time).at(-1)?.address ?? person.homeAddress;
}

/** The browser and the command line the person uses at a time. */
export function toolsAt(person: Person, time: number): { readonly browser: string; readonly cli: string } {
  return person.laptop && time >= person.laptop.from ? person.laptop : person;
}
