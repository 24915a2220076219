/** What stands for the placeholders that logs rarely name. */
const MEANINGS: Readonly<Record<string, string>> = {
  ACCOUNT: 'the other account',
  ACCOUNT_OR_OU: 'the account or organizational unit',
  ACL: 'the network ACL of the subnet',
  AKIA: 'the access key id',
  AMI: 'the image',
  ARN: 'the ARN',
  ASG: 'the Auto Scaling group of the instance',
  ASSOC: 'the association that the command before lists',
  BUCKET: 'the bucket that keeps the logs',
  C: 'the cluster',
  CIDR: 'the networks that may reach it',
  DATE: 'the last day of retention',
  DELETE_MARKER: 'the marker that the command before lists',
  EVIDENCE: 'the bucket that keeps evidence',
  F: 'the function',
  I: 'the instance',
  ID: 'the id',
  IR_ROLE: 'the role of the responders',
  KEY: 'the object to keep',
  KNOWN_GOOD: 'the last good package',
  NAME: 'its name',
  NEW: 'a new value',
  NODE: 'the node',
  NOW_ISO8601: 'the time at which it is run',
  N: 'the number of the rule',
  NS: 'the namespace',
  P: 'the port or prefix',
  POD: 'the pod',
  PREVIOUS: 'the version before',
  PROFILE: 'the instance profile',
  ROLE: 'the role',
  SG: 'the security group',
  TG: 'the target group of the instance',
  TRAIL: 'the trail',
  USER: 'the user',
  UUID: 'any new id',
  VPC: 'the VPC',
};

/** `<SG> (the security group), <VPC> (the VPC)` */
export function meaningsOf(placeholders: readonly string[]): string {
  return placeholders
    .map((name) => (name in MEANINGS ? `<${name}> (${MEANINGS[name] ?? ''})` : `<${name}>`))
    .join(', ');
}
