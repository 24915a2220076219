import type { Random } from '../random/random';
import { type Account, composeId, composeRole, type Role } from './account';
import { DAY, HOUR } from './calendar';
import { cloudAddress } from './ranges';

export type HostKind = 'web' | 'app' | 'worker' | 'bastion' | 'database';

/** A virtual network of one account in one Region, and the address its private hosts share. */
export interface Network {
  readonly account: Account;
  readonly region: string;
  readonly vpcId: string;
  readonly subnets: readonly string[];
  readonly prefix: string;
  readonly natAddress: string;
  readonly natInterface: string;
  readonly natPrivate: string;
  readonly endpointId: string;
  readonly groupId: string;
}

/** An instance with its interface and, unless it is a database, its role. */
export interface Host {
  readonly kind: HostKind;
  readonly name: string;
  readonly network: Network;
  readonly instanceId: string;
  readonly interfaceId: string;
  readonly privateIp: string;
  readonly publicIp: string | null;
  readonly imageId: string;
  readonly instanceType: string;
  readonly subnet: string;
  readonly launched: number;
  readonly role: Role;
  readonly profileId: string;
  /** Instance metadata version of its credentials, as CloudTrail tells it. */
  readonly delivery: '1.0' | '2.0';
  /** The moments its credentials were renewed, ascending; the first may lie before the bundle. */
  readonly renewals: readonly number[];
  readonly keyIds: readonly string[];
  readonly agent: string;
  readonly weight: number;
}

export function composeNetwork(account: Account, region: string, random: Random): Network {
  const prefix = `10.${random.int(10, 220)}`;
  return {
    account,
    region,
    vpcId: `vpc-0${random.hex(16)}`,
    subnets: Array.from({ length: 3 }, () => `subnet-0${random.hex(16)}`),
    prefix,
    natAddress: cloudAddress(region, random),
    natInterface: `eni-0${random.hex(16)}`,
    natPrivate: `${prefix}.0.${random.int(5, 250)}`,
    endpointId: `vpce-0${random.hex(16)}`,
    groupId: `sg-0${random.hex(16)}`,
  };
}

const SDKS = [
  'Boto3/1.35.36 md/Botocore#1.35.36 ua/2.0 os/linux#6.1.112-124.190.amzn2023.x86_64 md/arch#x86_64 lang/python#3.11.10 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.35.36',
  'aws-sdk-java/2.28.11 Linux/6.1.112-124.190.amzn2023.x86_64 OpenJDK_64-Bit_Server_VM/21.0.4+7-LTS Java/21.0.4 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/standard',
  'aws-sdk-go-v2/1.31.0 ua/2.0 os/linux lang/go#1.22.7 md/GOOS#linux md/GOARCH#amd64 api/s3#1.64.0',
  'aws-sdk-js/3.658.1 ua/2.1 os/linux#5.10.226 lang/js md/nodejs#20.17.0 api/s3#3.658.1',
];

/** Credentials of an instance are renewed about every six hours. */
function composeRenewals(start: number, days: number, random: Random): number[] {
  const times: number[] = [];
  const end = start + days * DAY;
  for (let t = start - random.int(600, 6 * HOUR); t < end; t += 6 * HOUR + random.int(-900, 900))
    times.push(t);
  return times;
}

interface HostPlan {
  readonly kind: HostKind;
  readonly product: string;
  readonly number: number;
  readonly network: Network;
  readonly role: Role;
}

function composeHost(plan: HostPlan, span: { start: number; days: number }, random: Random): Host {
  const { kind, network } = plan;
  const isPublic = kind === 'web' || kind === 'bastion';
  const renewals = composeRenewals(span.start, span.days, random);
  const sizes: Record<HostKind, readonly string[]> = {
    web: ['m6i.large', 't3.large', 'c6i.large'],
    app: ['m6i.xlarge', 'm5.large'],
    worker: ['c6i.xlarge', 'r6i.large'],
    bastion: ['t3.micro', 't3.small'],
    database: ['r6i.xlarge'],
  };
  return {
    kind,
    name: `${plan.product}-${kind}-${plan.number}`,
    network,
    instanceId: `i-0${random.hex(16)}`,
    interfaceId: `eni-0${random.hex(16)}`,
    privateIp: `${network.prefix}.${random.int(1, 60)}.${random.int(4, 250)}`,
    publicIp: isPublic ? cloudAddress(network.region, random) : null,
    imageId: `ami-0${random.hex(16)}`,
    instanceType: random.pick(sizes[kind]),
    subnet: random.pick(network.subnets),
    launched: span.start - random.int(3, 200) * DAY - random.int(0, DAY),
    role: plan.role,
    profileId: composeId('AIPA', network.account, random),
    delivery: random.chance(0.75) ? '2.0' : '1.0',
    renewals,
    keyIds: renewals.map(() => composeId('ASIA', network.account, random)),
    agent: random.pick(SDKS),
    weight: random.skewed(1, 0.5),
  };
}

/** Hosts of one account: web and app servers, workers, databases, and a bastion per account. */
export function composeHosts(
  account: Account,
  networks: readonly Network[],
  plan: { count: number; products: readonly string[]; start: number; days: number },
  random: Random,
): Host[] {
  const kinds: readonly HostKind[] = ['web', 'app', 'bastion', 'worker', 'web', 'database', 'app', 'worker'];
  const roles = new Map<string, Role>();
  const roleFor = (kind: HostKind, product: string): Role => {
    const name = `${product}-${kind === 'database' ? 'worker' : kind}-${random.fork('suffix').pick(['role', 'instance-role', 'ec2'])}`;
    const role = roles.get(name) ?? composeRole(account, name, random.fork(name));
    roles.set(name, role);
    return role;
  };
  return Array.from({ length: plan.count }, (_, i) => {
    const own = random.fork(i);
    const kind = kinds[i % kinds.length] ?? 'app';
    const product = kind === 'bastion' ? 'ops' : own.pick(plan.products);
    const network = i < 5 || networks.length === 1 ? networks[0] : own.pick(networks);
    if (!network) throw new RangeError('an account has networks');
    return composeHost({ kind, product, number: i + 1, network, role: roleFor(kind, product) }, plan, own);
  });
}
