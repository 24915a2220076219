import type { Random } from '../random/random';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** One AWS account of the firm and the resources its records name. */
export interface Account {
  readonly id: string;
  readonly alias: string;
  readonly regions: readonly string[];
  readonly home: string;
  /** The part of every key and principal id that tells the account, as AWS encodes it. */
  readonly keyPart: string;
  readonly buckets: readonly Bucket[];
  readonly trailName: string;
  readonly secondTrail: string;
  readonly logBucket: string;
  readonly keys: readonly string[];
  readonly secrets: readonly string[];
  readonly parameters: readonly string[];
  readonly tables: readonly string[];
  readonly detectors: Readonly<Record<string, string>>;
  readonly flowLogs: Readonly<Record<string, string>>;
}

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly sensitive: boolean;
  readonly prefixes: readonly string[];
}

export interface Role {
  readonly account: Account;
  readonly name: string;
  readonly arn: string;
  readonly id: string;
}

type IdKind = 'AKIA' | 'ASIA' | 'AROA' | 'AIDA' | 'AIPA' | 'ANPA';

/** A key or principal id of the account, e.g. `ASIATFQR7NSCZLRUEGMR`. */
export function composeId(kind: IdKind, account: Pick<Account, 'keyPart'>, random: Random): string {
  return `${kind}${account.keyPart}${random.text(BASE32, 8)}`;
}

export function composeRole(account: Account, name: string, random: Random, path = '/'): Role {
  return {
    account,
    name,
    arn: `arn:aws:iam::${account.id}:role${path}${name}`,
    id: composeId('AROA', account, random),
  };
}

interface AccountPlan {
  readonly alias: string;
  readonly slug: string;
  readonly regions: readonly string[];
  readonly home: string;
  readonly products: readonly string[];
}

const SENSITIVE = [
  'customer-exports',
  'finance-archive',
  'kyc-documents',
  'payroll',
  'patient-records',
  'contracts',
];
const PREFIXES = [
  '2024',
  '2025',
  'daily',
  'raw',
  'curated',
  'incoming',
  'processed',
  'archive',
  'exports',
  'tenants',
];

function composeBuckets(plan: AccountPlan, random: Random): Bucket[] {
  const tail = random.hex(5);
  const bucket = (purpose: string, sensitive: boolean): Bucket => ({
    name: `${plan.slug}-${plan.alias}-${purpose}-${tail}`,
    region: plan.home,
    sensitive,
    prefixes: random.sample(PREFIXES, 4),
  });
  const plain = [...plan.products.slice(0, 4), 'assets', 'uploads', 'build-artifacts'].map((p) =>
    bucket(p, false),
  );
  return [...plain, ...random.sample(SENSITIVE, 2).map((p) => bucket(p, true))];
}

/** One account with its storage, keys, secrets and log settings, all from the seed. */
export function composeAccount(plan: AccountPlan, random: Random): Account {
  const id = String(random.int(1, 9)) + random.digits(11);
  const names = (kind: string): string[] =>
    plan.products.map((p) => `${p}/${random.pick(['prod', 'live', 'main'])}/${kind}`);
  const perRegion = (make: () => string): Record<string, string> =>
    Object.fromEntries(plan.regions.map((region) => [region, make()]));
  return {
    id,
    alias: plan.alias,
    regions: plan.regions,
    home: plan.home,
    keyPart: random.text(BASE32, 8),
    buckets: composeBuckets(plan, random),
    trailName: random.pick(['org-trail', 'management-events', `${plan.slug}-trail`, 'central-audit']),
    secondTrail: random.pick(['security-trail', `${plan.alias}-writes`, 'account-trail', 'audit-writes']),
    logBucket: `${plan.slug}-${random.pick(['cloudtrail', 'audit-logs', 'log-archive'])}-${random.hex(4)}`,
    keys: Array.from({ length: 4 }, () => random.uuid()),
    secrets: names(random.pick(['db-credentials', 'database', 'api-token'])),
    parameters: names(random.pick(['config', 'settings', 'endpoint'])).map((n) => `/${n}`),
    tables: plan.products.map((p) => `${p}-${random.pick(['sessions', 'state', 'events'])}`),
    detectors: perRegion(() => random.hex(32)),
    flowLogs: perRegion(() => `fl-0${random.hex(16)}`),
  };
}
