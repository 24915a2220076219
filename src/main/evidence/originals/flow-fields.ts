/** Every field of VPC flow logs, versions 2 to 10: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
export const FLOW_FIELDS: readonly string[] = [
  ...'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  ),
  ...'vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id'.split(
    ' ',
  ),
  ...'pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path reject-reason resource-id encryption-status'.split(
    ' ',
  ),
  ...'ecs-cluster-arn ecs-cluster-name ecs-container-instance-arn ecs-container-instance-id ecs-container-id ecs-second-container-id ecs-service-name ecs-task-definition-arn ecs-task-arn ecs-task-id'.split(
    ' ',
  ),
];
/** Default format of VPC flow logs, version 2: https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const VPC_DEFAULT =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'.split(
    ' ',
  );
/** Default format of Transit Gateway flow logs: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-flow-logs.html */
const TGW_DEFAULT =
  'version resource-type account-id tgw-id tgw-attachment-id tgw-src-vpc-account-id tgw-dst-vpc-account-id tgw-src-vpc-id tgw-dst-vpc-id tgw-src-subnet-id tgw-dst-subnet-id tgw-src-eni tgw-dst-eni tgw-src-az-id tgw-dst-az-id tgw-pair-attachment-id srcaddr dstaddr srcport dstport protocol packets bytes start end log-status type packets-lost-no-route packets-lost-blackhole packets-lost-mtu-exceeded packets-lost-ttl-expired tcp-flags region flow-direction pkt-src-aws-service pkt-dst-aws-service'.split(
    ' ',
  );
const STATUS = /^(OK|NODATA|SKIPDATA)$/;
const ACCOUNT = /^(\d{12}|unknown)$/;
/** Fields of which a header names at least one. */
const MARKS: readonly string[] = ['srcaddr', 'pkt-srcaddr', 'interface-id', 'tgw-id'];
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:]*:[0-9a-f:]*)$/i;
const NAME = /^[a-z][a-z0-9-]*$/;

const lettersOf = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const BY_LETTERS: ReadonlyMap<string, string> = new Map(
  [...FLOW_FIELDS, ...TGW_DEFAULT].map((field): [string, string] => [lettersOf(field), field]),
);
/** Columns of the first table that AWS documented for Athena; told by its `interfaceid`, which no other firewall has. */
const FIRST_TABLE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    account: 'account-id',
    sourceaddress: 'srcaddr',
    destinationaddress: 'dstaddr',
    sourceport: 'srcport',
    destinationport: 'dstport',
    numpackets: 'packets',
    numbytes: 'bytes',
    starttime: 'start',
    endtime: 'end',
  }),
);

/**
 * Names of columns as AWS's field names: `interface_id` of Athena, `interfaceId` of CloudWatch Logs Insights, `${...}` of a
 * format. Names of no field stay, in small letters and with hyphens.
 */
export function flowNames(words: readonly string[]): readonly string[] {
  const letters = words.map(lettersOf);
  const isFirstTable = letters.includes('interfaceid');
  return words.map((word, i) => {
    const own = letters[i] ?? '';
    return (
      BY_LETTERS.get(own) ??
      (isFirstTable ? FIRST_TABLE.get(own) : undefined) ??
      word
        .replace(/^\$\{(.*)\}$/, '$1')
        .toLowerCase()
        .replaceAll('_', '-')
    );
  });
}

/** The fields that a header line names; null when it is no header of a flow log. */
export function flowHeader(words: readonly string[]): readonly string[] | null {
  const fields = flowNames(words);
  return fields.length >= 4 &&
    new Set(fields).size === fields.length &&
    fields.every((f) => NAME.test(f)) &&
    MARKS.some((mark) => fields.includes(mark))
    ? fields
    : null;
}

/** The fields of a line in one of the default formats; null when it is in none. */
export function defaultFlowFields(words: readonly string[]): readonly string[] | null {
  if (
    words.length === VPC_DEFAULT.length &&
    words[0] === '2' &&
    ACCOUNT.test(words[1] ?? '') &&
    /^(eni-|-$)/.test(words[2] ?? '') &&
    STATUS.test(words[13] ?? '')
  )
    return VPC_DEFAULT;
  const isTransit =
    words.length === TGW_DEFAULT.length &&
    words[1] === 'TransitGateway' &&
    ACCOUNT.test(words[2] ?? '') &&
    STATUS.test(words[25] ?? '');
  return isTransit ? TGW_DEFAULT : null;
}

/** Whether a line looks like a flow record of a format that nothing names. */
export function looksLikeFlow(words: readonly string[]): boolean {
  const marks = [
    /^eni-[0-9a-f]+$/,
    /^(ACCEPT|REJECT)$/,
    /^(OK|NODATA|SKIPDATA)$/,
    /^vpc-[0-9a-f]+$/,
    /^subnet-[0-9a-f]+$/,
    /^tgw-[0-9a-f]+$/,
  ];
  const found = marks.filter((mark) => words.some((w) => mark.test(w))).length;
  const addresses = words.filter((w) => ADDRESS.test(w)).length;
  return words.length >= 6 && found + (addresses >= 2 ? 1 : 0) >= 2;
}
