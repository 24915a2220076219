import type { Random } from '../random/random';
import { type Account, composeAccount, composeRole, type Role } from './account';
import { DAY, weekdayOf } from './calendar';
import { type CloudFunction, composeFunctions } from './functions';
import { composeHosts, composeNetwork, type Host, type Network } from './hosts';
import { composeFirm, type Firm } from './names';
import { composeStaff, type Staff } from './people';
import { ACCESS, HOSTING } from './countries';
import { addressOf, cloudAddress, REGIONS } from './ranges';

/** Machine identities of an account beside its instances and functions. */
interface MachineRoles {
  readonly ci: Role;
  readonly terraform: Role;
  readonly monitoring: Role;
  readonly backup: Role;
  /** A role of this account that roles of the other account may assume. */
  readonly shared: Role;
  /** A strong role for operators, reachable from the other account as well. */
  readonly operator: Role;
}

/** The whole invented firm: everything a seed decides before anything happens. */
export interface World {
  readonly start: number;
  readonly end: number;
  readonly days: number;
  readonly firm: Firm;
  readonly accounts: readonly [Account, Account];
  readonly staff: Staff;
  readonly networks: readonly Network[];
  readonly hosts: readonly Host[];
  readonly functions: readonly CloudFunction[];
  readonly roles: ReadonlyMap<string, MachineRoles>;
  readonly ciAddressIsNew: boolean;
  readonly repository: string;
  /** From then on builds run on a newer image with newer tools; beyond the end where they stay. */
  readonly newRunnersFrom: number;
  readonly monitorAddress: string;
  readonly monitorAccount: string;
  /** Addresses of the firm's customers, and of the internet's background scanners. */
  readonly customers: readonly string[];
  readonly scanners: readonly string[];
}

interface WorldPlan {
  readonly days: number;
  /** Size relative to the standard bundle: more hosts and functions when larger. */
  readonly size: number;
}

/** A Monday between October 2024 and August 2025. */
function composeStart(random: Random): number {
  const first = Date.UTC(2024, 9, 7) / 1000;
  const start = first + random.int(0, 43) * 7 * DAY;
  return start - weekdayOf(start) * DAY;
}

function composeRoles(account: Account, random: Random): MachineRoles {
  const role = (names: readonly string[]): Role => {
    const name = random.pick(names);
    return composeRole(account, name, random.fork(name));
  };
  return {
    ci: role(['github-actions-deploy', 'gha-release', 'ci-deploy', 'pipeline-deployer']),
    terraform: role(['terraform-apply', 'iac-runner', 'tf-deployment', 'infrastructure-provisioner']),
    monitoring: role([
      'observability-reader',
      'metrics-integration',
      'monitoring-readonly',
      'apm-integration',
    ]),
    backup: role(['backup-runner', 'nightly-backup', 'snapshot-manager']),
    shared: role(['data-exchange', 'cross-account-reader', 'export-writer', 'shared-reporting']),
    operator: role(['ops-support', 'platform-operator', 'break-glass-ops', 'production-support']),
  };
}

/** The world of a seed. Everything in it, names, addresses, Regions, people and moments, follows from the seed. */
export function composeWorld(plan: WorldPlan, random: Random): World {
  const start = composeStart(random.fork('start'));
  const firm = composeFirm(random.fork('firm'));
  const places = random.fork('regions');
  const others = places.sample(
    REGIONS.filter((r) => r !== 'us-east-1'),
    2,
  );
  const regions = ['us-east-1', ...others];
  const home = places.pick(regions);
  const aliases = places.pick([
    ['prod', 'data'],
    ['production', 'analytics'],
    ['main', 'shared'],
    ['live', 'platform'],
  ]);
  const accounts = aliases.map((alias) =>
    composeAccount({ alias, slug: firm.slug, regions, home, products: firm.products }, random.fork(alias)),
  );
  const [first, second] = accounts;
  if (!first || !second) throw new RangeError('two accounts are composed');
  const span = { start, days: plan.days };
  const size = Math.min(8, Math.max(0.6, Math.sqrt(plan.size)));
  const networks = accounts.flatMap((account, i) =>
    (i === 0 ? regions : [home]).map((region) =>
      composeNetwork(account, region, random.fork(`net/${account.id}/${region}`)),
    ),
  );
  networks.sort((a, b) => Number(b.region === home) - Number(a.region === home));
  const own = (account: Account): Network[] => networks.filter((n) => n.account === account);
  const count = (base: number): number => Math.round(base * size);
  const addresses = random.fork('addresses');
  return {
    start,
    end: start + plan.days * DAY,
    days: plan.days,
    firm,
    accounts: [first, second],
    staff: composeStaff(firm, accounts, span, random.fork('staff')),
    networks,
    hosts: [
      ...composeHosts(
        first,
        own(first),
        { count: Math.max(8, count(14)), products: firm.products, ...span },
        random.fork('hosts/1'),
      ),
      ...composeHosts(
        second,
        own(second),
        { count: Math.max(5, count(7)), products: firm.products, ...span },
        random.fork('hosts/2'),
      ),
    ],
    functions: [
      ...composeFunctions(
        first,
        { count: count(10), products: firm.products, ...span },
        random.fork('functions/1'),
      ),
      ...composeFunctions(
        second,
        { count: count(5), products: firm.products, ...span },
        random.fork('functions/2'),
      ),
    ],
    roles: new Map(
      accounts.map((account) => [account.id, composeRoles(account, random.fork(`roles/${account.id}`))]),
    ),
    ciAddressIsNew: random.chance(0.5),
    newRunnersFrom: start + random.fork('runners').int(2, plan.days * 2) * DAY,
    repository: `${firm.slug}/${random.pick(firm.products)}-${random.pick(['service', 'api', 'platform'])}`,
    monitorAddress: cloudAddress('us-east-1', addresses),
    monitorAccount: addresses.digits(12).replace(/^0/, '4'),
    customers: Array.from({ length: 1500 }, () => addressOf(addresses.pick(ACCESS), addresses)),
    scanners: Array.from({ length: 300 }, () =>
      addressOf(addresses.pick(addresses.chance(0.8) ? HOSTING : ACCESS), addresses),
    ),
  };
}

/** The machine roles of an account of this world. */
export function machineRoles(world: World, account: Account): MachineRoles {
  const roles = world.roles.get(account.id);
  if (!roles) throw new RangeError(`no machine roles for ${account.id}`);
  return roles;
}

/** A role of the account that carries the firm's service-linked work. */
export function networkOf(world: World, account: Account): Network {
  const network = world.networks.find((n) => n.account === account);
  if (!network) throw new RangeError(`no network in ${account.id}`);
  return network;
}
