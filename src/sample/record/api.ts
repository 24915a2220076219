/** One AWS API as its records name it. */
export interface Api {
  /** `iam`, `ec2` ...: the name in policies and error messages. */
  readonly service: string;
  readonly source: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly isData: boolean;
  /** The service logs in one Region whatever the caller's. */
  readonly isGlobal: boolean;
  readonly version: string;
}

const READS =
  /^(Get|List|Describe|Head|Lookup|Search|BatchGet|Select|Query|Scan|Simulate|Check|Filter|Decrypt|Encrypt|GenerateDataKey|AssumeRole|Estimate|Invoke(Model|Agent)|Converse|Batch(Describe|Check))/;
const GLOBAL = new Set([
  'iam',
  'route53',
  'route53domains',
  'cloudfront',
  'organizations',
  'ce',
  'support',
  'health',
]);
const DATA = new Set([
  's3:GetObject',
  's3:PutObject',
  's3:HeadObject',
  's3:DeleteObject',
  's3:DeleteObjects',
  's3:ListObjects',
  's3:CopyObject',
  'lambda:Invoke',
]);
const SOURCES: Readonly<Record<string, string>> = { cloudwatch: 'monitoring', elb: 'elasticloadbalancing' };
const VERSIONS: Readonly<Record<string, string>> = {
  s3: '1.11',
  sts: '1.08',
  iam: '1.10',
  kms: '1.11',
  ec2: '1.10',
  signin: '1.08',
  cloudtrail: '1.11',
  lambda: '1.09',
};

const known = new Map<string, Api>();

/** The API behind `service:Name`. */
export function api(id: string): Api {
  const found = known.get(id);
  if (found) return found;
  const [service = '', name = ''] = id.split(':');
  const isData = DATA.has(id);
  const made: Api = {
    service,
    name,
    source: `${SOURCES[service] ?? service}.amazonaws.com`,
    readOnly: READS.test(name),
    isData,
    isGlobal: GLOBAL.has(service),
    version: VERSIONS[service] ?? '1.09',
  };
  known.set(id, made);
  return made;
}
