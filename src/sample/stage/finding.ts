import type { Random } from '../random/random';
import type { Credential } from '../record/credential';
import type { Account, Bucket } from '../world/account';
import { isoOf } from '../world/calendar';
import type { Host } from '../world/hosts';
import type { Origin } from './origin';

/** One GuardDuty finding on its way to a file. */
export interface Finding {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** When it was last updated, which is when the export holds it. */
  readonly time: number;
  readonly text: string;
}

export interface FindingPlan {
  readonly account: Account;
  readonly region: string;
  readonly type: string;
  readonly severity: number;
  readonly title: string;
  readonly description: string;
  readonly resource: object;
  readonly action: object;
  readonly role: 'TARGET' | 'ACTOR';
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly extra?: object;
}

/**
 * A finding as GuardDuty exports it: PascalCase-free, schema 2.0, one JSON object a line.
 * Source: docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_cloudwatch.html
 */
export function composeFinding(plan: FindingPlan, random: Random): Finding {
  const { account, region } = plan;
  const detectorId = account.detectors[region] ?? random.hex(32);
  const id = random.hex(32);
  const created = plan.first + random.int(240, 1100);
  const updated = Math.max(created, plan.last + random.int(240, 1100));
  const milli = (time: number): string => isoOf(time).replace('Z', `.${random.digits(3)}Z`);
  const text = JSON.stringify({
    schemaVersion: '2.0',
    accountId: account.id,
    region,
    partition: 'aws',
    id,
    arn: `arn:aws:guardduty:${region}:${account.id}:detector/${detectorId}/finding/${id}`,
    type: plan.type,
    resource: plan.resource,
    service: {
      serviceName: 'guardduty',
      detectorId,
      action: plan.action,
      resourceRole: plan.role,
      additionalInfo: { value: JSON.stringify(plan.extra ?? {}), type: 'default' },
      eventFirstSeen: milli(plan.first),
      eventLastSeen: milli(plan.last),
      archived: false,
      count: plan.count,
    },
    severity: plan.severity,
    createdAt: milli(created),
    updatedAt: milli(updated),
    title: plan.title,
    description: plan.description,
  });
  return { id, account: account.id, region, time: updated, text };
}

/** `remoteIpDetails` of an origin. */
export function remoteIp(origin: Origin): object {
  const { country, address } = origin;
  return {
    ipAddressV4: address,
    organization: { asn: country.asn, asnOrg: country.network, isp: country.network, org: country.network },
    country: { countryName: country.name },
    city: { cityName: country.city },
    geoLocation: { lat: country.lat, lon: country.lon },
  };
}

/** An instance as the resource of a finding. */
export function instanceResource(host: Host): object {
  const { network } = host;
  const dashed = host.privateIp.replace(/\./g, '-');
  return {
    resourceType: 'Instance',
    instanceDetails: {
      instanceId: host.instanceId,
      instanceType: host.instanceType,
      launchTime: isoOf(host.launched),
      platform: null,
      productCodes: [],
      iamInstanceProfile: {
        arn: `arn:aws:iam::${network.account.id}:instance-profile/${host.role.name}`,
        id: host.profileId,
      },
      networkInterfaces: [
        {
          networkInterfaceId: host.interfaceId,
          privateIpAddress: host.privateIp,
          privateDnsName: `ip-${dashed}.${network.region}.compute.internal`,
          ipv6Addresses: [],
          privateIpAddresses: [
            {
              privateIpAddress: host.privateIp,
              privateDnsName: `ip-${dashed}.${network.region}.compute.internal`,
            },
          ],
          subnetId: host.subnet,
          vpcId: network.vpcId,
          securityGroups: [{ groupName: `${host.name}-sg`, groupId: network.groupId }],
          publicDnsName: host.publicIp
            ? `ec2-${host.publicIp.replace(/\./g, '-')}.compute.amazonaws.com`
            : '',
          publicIp: host.publicIp,
        },
      ],
      tags: [{ key: 'Name', value: host.name }],
      instanceState: 'running',
      availabilityZone: `${network.region}a`,
      imageId: host.imageId,
      imageDescription: null,
    },
  };
}

/** A credential as the resource of a finding, with the bucket it touched where there is one. */
export function accessKeyResource(credential: Credential, bucket?: Bucket): object {
  const isRole = credential.arn.includes(':assumed-role/');
  const name = credential.principal.split('/').at(-1);
  const accessKeyDetails = {
    accessKeyId: credential.accessKeyId,
    principalId: credential.principalId,
    userType: isRole ? 'AssumedRole' : 'IAMUser',
    userName: name,
  };
  if (!bucket) return { resourceType: 'AccessKey', accessKeyDetails };
  const s3 = {
    arn: `arn:aws:s3:::${bucket.name}`,
    name: bucket.name,
    type: 'Destination',
    publicAccess: { effectivePermission: 'NOT_PUBLIC' },
  };
  return { resourceType: 'S3Bucket', accessKeyDetails, s3BucketDetails: [s3] };
}

/** The action of findings about API calls. */
export function apiCallAction(call: { api: string; service: string; from: Origin }): object {
  return {
    actionType: 'AWS_API_CALL',
    awsApiCallAction: {
      api: call.api,
      serviceName: `${call.service}.amazonaws.com`,
      callerType: 'Remote IP',
      remoteIpDetails: remoteIp(call.from),
      affectedResources: {},
    },
  };
}

/** The action of findings about connections. */
export function connectionAction(call: { from: Origin; port: number; inbound: boolean }): object {
  return {
    actionType: 'NETWORK_CONNECTION',
    networkConnectionAction: {
      connectionDirection: call.inbound ? 'INBOUND' : 'OUTBOUND',
      remoteIpDetails: remoteIp(call.from),
      remotePortDetails: { port: 40_312, portName: 'Unknown' },
      localPortDetails: { port: call.port, portName: call.port === 22 ? 'SSH' : 'Unknown' },
      protocol: 'TCP',
      blocked: false,
    },
  };
}
