import { api, type Api } from '../record/api';
import { type CallError, cloudtrailRecord, denial } from '../record/cloudtrail-record';
import { awsService, type Credential, functionSession, instanceSession } from '../record/credential';
import { type RequestPlace, usualRequest } from '../record/requests';
import { S3_REQUEST_ID, s3Details, s3Request, s3Resources } from '../record/s3-details';
import type { Random } from '../random/random';
import { tlsHost } from '../stage/actor';
import type { EventSink } from '../stage/event';
import type { Account } from '../world/account';
import type { CloudFunction } from '../world/functions';
import type { Host, HostKind } from '../world/hosts';
import type { World } from '../world/world';

type Habit = readonly (readonly [weight: number, api: string])[];

/** A machine identity that calls day and night, and how much of the traffic is its. */
interface Caller {
  readonly weight: number;
  readonly account: Account;
  readonly region: string;
  readonly habit: Habit;
  readonly agent: string;
  readonly requests: RequestPlace;
  readonly insideAws: boolean;
  /** Who signs at a moment. */
  readonly credentialAt: (time: number) => Credential;
  readonly addressAt: (time: number) => string;
  readonly endpoint: { readonly id: string; readonly address: string } | null;
  readonly readsSensitive: boolean;
}

const HOST_HABITS: Readonly<Record<HostKind, Habit>> = {
  web: [
    [34, 's3:GetObject'],
    [14, 's3:PutObject'],
    [9, 'kms:Decrypt'],
    [6, 'ssm:GetParameter'],
    [4, 'secretsmanager:GetSecretValue'],
    [4, 'ssm:UpdateInstanceInformation'],
    [1, 'ec2:DescribeTags'],
  ],
  app: [
    [26, 's3:GetObject'],
    [18, 's3:PutObject'],
    [12, 'kms:Decrypt'],
    [8, 'kms:GenerateDataKey'],
    [6, 'secretsmanager:GetSecretValue'],
    [6, 'ssm:GetParameter'],
    [4, 'ssm:UpdateInstanceInformation'],
    [1, 'ec2:DescribeTags'],
  ],
  worker: [
    [20, 's3:GetObject'],
    [12, 's3:ListObjects'],
    [16, 's3:PutObject'],
    [12, 'kms:Decrypt'],
    [4, 'ssm:UpdateInstanceInformation'],
    [3, 'athena:GetQueryExecution'],
  ],
  bastion: [
    [10, 'ssm:UpdateInstanceInformation'],
    [4, 'ssm:ListInstanceAssociations'],
    [3, 'ec2:DescribeTags'],
    [2, 'ssm:GetParameter'],
  ],
  database: [
    [10, 'ssm:UpdateInstanceInformation'],
    [4, 's3:PutObject'],
    [2, 'kms:Decrypt'],
  ],
};
const FUNCTION_HABIT: Habit = [
  [18, 's3:GetObject'],
  [10, 's3:PutObject'],
  [8, 'secretsmanager:GetSecretValue'],
  [6, 'kms:Decrypt'],
  [5, 'logs:CreateLogStream'],
  [4, 'ssm:GetParameter'],
  [2, 'dynamodb:DescribeTable'],
];
const SERVICES: readonly (readonly [service: string, weight: number, habit: Habit])[] = [
  [
    'cloudtrail.amazonaws.com',
    6,
    [
      [4, 's3:GetBucketAcl'],
      [6, 'kms:GenerateDataKey'],
    ],
  ],
  ['delivery.logs.amazonaws.com', 3, [[1, 's3:GetBucketAcl']]],
  [
    'autoscaling.amazonaws.com',
    5,
    [
      [3, 'ec2:DescribeInstanceStatus'],
      [1, 'ec2:DescribeInstances'],
    ],
  ],
  [
    'rds.amazonaws.com',
    3,
    [
      [2, 'kms:Decrypt'],
      [1, 'kms:GenerateDataKey'],
    ],
  ],
  [
    'ecs.amazonaws.com',
    4,
    [
      [1, 'elb:DescribeTargetHealth'],
      [1, 'ec2:DescribeInstances'],
    ],
  ],
];

function requestPlace(world: World, account: Account, region: string): RequestPlace {
  const hosts = world.hosts.filter((h) => h.network.account === account);
  return {
    account,
    region,
    instanceIds: hosts.map((h) => h.instanceId),
    roleNames: hosts.map((h) => h.role.name),
  };
}

function hostCaller(world: World, host: Host): Caller {
  const { network } = host;
  return {
    weight: host.weight * (host.kind === 'bastion' || host.kind === 'database' ? 0.5 : 4),
    account: network.account,
    region: network.region,
    habit: HOST_HABITS[host.kind],
    agent: host.agent,
    requests: requestPlace(world, network.account, network.region),
    insideAws: false,
    credentialAt: remembered((time) => instanceSession(host, time), host.renewals),
    addressAt: () => host.publicIp ?? network.natAddress,
    endpoint: { id: network.endpointId, address: host.privateIp },
    readsSensitive: host.kind === 'worker',
  };
}

/** Sessions by their start, made once: composing an identity for every record would be most of the work. */
function remembered<T>(make: (time: number) => T, starts: readonly number[]): (time: number) => T {
  let last: T | null = null;
  let until = -Infinity;
  let from = Infinity;
  return (time) => {
    if (last === null || time < from || time >= until) {
      last = make(time);
      from = -Infinity;
      until = Infinity;
      for (const start of starts) {
        if (start <= time) from = start;
        else if (start < until) until = start;
      }
    }
    return last;
  };
}

function functionCaller(world: World, fn: CloudFunction): Caller {
  const starts = fn.environments.map((e) => e.from);
  const environmentAt = remembered((time) => {
    const environment = fn.environments.find((e) => time < e.to) ?? fn.environments.at(-1);
    if (!environment) throw new RangeError(`${fn.name} never ran`);
    return { environment, credential: functionSession(fn, environment) };
  }, starts);
  return {
    weight: 1.6,
    account: fn.account,
    region: fn.region,
    habit: FUNCTION_HABIT,
    agent: fn.agent,
    requests: requestPlace(world, fn.account, fn.region),
    insideAws: false,
    credentialAt: (time) => environmentAt(time).credential,
    addressAt: (time) => environmentAt(time).environment.address,
    endpoint: null,
    readsSensitive: false,
  };
}

function serviceCallers(world: World): Caller[] {
  return world.accounts.flatMap((account) =>
    SERVICES.map(([service, weight, habit]): Caller => {
      const credential = awsService(service, account.id);
      return {
        weight: weight / 2,
        account,
        region: account.home,
        habit,
        agent: service,
        requests: requestPlace(world, account, account.home),
        insideAws: true,
        credentialAt: () => credential,
        addressAt: () => service,
        endpoint: null,
        readsSensitive: false,
      };
    }),
  );
}

const VIA_ENDPOINT = new Set(['s3', 'kms', 'ssm', 'secretsmanager']);

/** The steady traffic of instances, functions and services: it fills a bundle to its size. */
export class MachineCalls {
  private readonly callers: readonly (readonly [number, Caller])[];

  constructor(world: World) {
    const callers = [
      ...world.hosts.map((host) => hostCaller(world, host)),
      ...world.functions.map((fn) => functionCaller(world, fn)),
      ...serviceCallers(world),
    ];
    this.callers = callers.map((caller) => [caller.weight, caller]);
  }

  /** `count` calls spread over [from, to). */
  run(count: number, from: number, to: number, random: Random, emit: EventSink): void {
    const step = (to - from) / Math.max(1, count);
    for (let i = 0; i < count; i += 1) {
      // Ascending times keep the remembered sessions warm.
      const time = Math.min(to - 1, Math.floor(from + (i + random.float()) * step));
      oneCall(random.weighted(this.callers), time, random, emit);
    }
  }
}

/** Where a call goes and by which way it leaves. */
function routeOf(caller: Caller, target: Api, time: number, random: Random): Route {
  const region = target.service === 's3' ? caller.account.home : caller.region;
  const { endpoint, insideAws } = caller;
  if (endpoint && region === caller.region && VIA_ENDPOINT.has(target.service) && random.chance(0.6)) {
    return { region, address: endpoint.address, endpointId: endpoint.id, tlsHost: tlsHost(target, region) };
  }
  const host = insideAws ? null : tlsHost(target, region);
  return { region, address: caller.addressAt(time), endpointId: null, tlsHost: host };
}

interface Route {
  readonly region: string;
  readonly address: string;
  readonly endpointId: string | null;
  readonly tlsHost: string | null;
}

function oneCall(caller: Caller, time: number, random: Random, emit: EventSink): void {
  const id = random.weighted(caller.habit);
  const target = api(id);
  const account = caller.account.id;
  const route = routeOf(caller, target, time, random);
  const credential = caller.credentialAt(time);
  const s3 = target.service === 's3' ? s3Parts(target.name, caller, random) : null;
  const eventId = random.uuid();
  const text = cloudtrailRecord({
    ...route,
    api: target,
    time,
    recipient: account,
    identityJson: credential.identity,
    agent: caller.agent,
    requestJson: s3 ? s3.request : usualRequest(id, caller.requests, random),
    responseJson: null,
    error: machineError(id, caller, credential, random),
    extraJson: s3?.details ?? null,
    resourcesJson: s3?.resources ?? null,
    requestId: s3 ? random.text(S3_REQUEST_ID, 16) : random.uuid(),
    eventId,
    sharedEventId: caller.insideAws ? random.uuid() : null,
  });
  const isManagementWrite = !target.readOnly && !target.isData;
  emit({
    time,
    account,
    region: route.region,
    eventId,
    text,
    isManagementWrite,
    isData: target.isData,
  });
}

function machineError(id: string, caller: Caller, credential: Credential, random: Random): CallError | null {
  if (caller.insideAws) return null;
  const roll = random.float();
  if (id === 's3:GetObject' && roll < 0.012)
    return { code: 'NoSuchKey', message: 'The specified key does not exist.' };
  if (id === 'ssm:GetParameter' && roll < 0.004)
    return { code: 'ParameterNotFound', message: 'Parameter not found.' };
  return roll > 0.9975 ? denial(api(id), credential.arn, '*') : null;
}

function s3Parts(
  name: string,
  caller: Caller,
  random: Random,
): { request: string; details: string; resources: string | null } {
  const { account } = caller;
  const region = account.home;
  const buckets = caller.readsSensitive ? account.buckets : account.buckets.filter((b) => !b.sensitive);
  const bucket = random.pick(buckets);
  const isObject = name === 'GetObject' || name === 'PutObject';
  const size = isObject ? Math.round(random.skewed(24_000, 1.4)) : random.int(200, 4000);
  const bytes = name === 'PutObject' ? { bytesIn: size, bytesOut: 0 } : { bytesIn: 0, bytesOut: size };
  const details = s3Details(random, bytes);
  if (!isObject) return { request: s3Request(bucket.name, region), details, resources: null };
  const key = `${random.pick(bucket.prefixes)}/${random.int(1, 28)}/${random.hex(10)}.${random.pick(['json', 'parquet', 'csv.gz', 'jpg', 'pdf'])}`;
  return {
    request: s3Request(bucket.name, region, key),
    details,
    resources: s3Resources(account.id, bucket.name, key),
  };
}
