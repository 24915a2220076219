import type { ResponseOf } from '../../../../shared/contract/index';
import type { TimeRange } from '../../../../shared/model/time';
import { justBefore } from '../../../format/time';

export type Volume = ResponseOf<'entity/volume'>;
export type VolumeChart = Volume['charts'][number];

const TITLES: Readonly<Record<string, string>> = {
  cloudtrail: 'Overall API call volume',
  'k8s-audit': 'Overall Kubernetes API activity',
  's3-access': 'S3 requests',
  'elb-access': 'Load balancer requests',
  waf: 'Requests seen by WAF',
  cloudfront: 'CloudFront requests',
  'dns-query': 'DNS queries',
};

export function volumeTitle({ kind, unit }: Pick<VolumeChart, 'kind' | 'unit'>): string {
  if (kind === 'vpc-flow') return unit === 'bytes' ? 'Overall VPC flow volume' : 'VPC flow records';
  return TITLES[kind] ?? kind;
}

/** What the two parts of a bar are. */
export function partNames({ kind, unit }: Pick<VolumeChart, 'kind' | 'unit'>): readonly [string, string] {
  if (unit === 'bytes') return ['in', 'out'];
  return kind === 'vpc-flow' ? ['accepted', 'rejected'] : ['succeeded', 'failed'];
}

/** The stretch of time a bar stands for, both ends inside; the axis cuts the first and the last. */
export function bucketRange(
  { times }: Pick<VolumeChart, 'times'>,
  index: number,
  axis: TimeRange,
): TimeRange {
  const from = times[index] ?? axis.from;
  const next = times[index + 1];
  const to = next === undefined ? axis.to : justBefore(next);
  return { from: from > axis.from ? from : axis.from, to: to < axis.to ? to : axis.to };
}
