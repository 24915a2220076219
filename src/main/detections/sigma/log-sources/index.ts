import type { LogSourceRef } from '../rule';
import { cloudtrail } from './cloudtrail';
import { dnsQuery } from './dns-query';
import { k8sAudit } from './k8s-audit';
import { isNamed, type LogSource } from './log-source';
import { s3Access } from './s3-access';
import { vpcFlow } from './vpc-flow';
import { cloudfront, elbAccess, waf } from './web-access';

export const logSources: readonly LogSource[] = [
  cloudtrail,
  vpcFlow,
  k8sAudit,
  dnsQuery,
  s3Access,
  elbAccess,
  waf,
  cloudfront,
];

/** The evidence a rule is about, or null when none of the product's kinds of log fits. */
export function logSourceOf(ref: LogSourceRef): LogSource | null {
  return logSources.find((source) => isNamed(source.names, ref)) ?? null;
}
