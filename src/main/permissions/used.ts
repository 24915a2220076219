/** Prefixes of actions that differ from the first word of the event source. */
const SERVICES: Readonly<Record<string, string>> = {
  monitoring: 'cloudwatch',
  email: 'ses',
};
/** Calls that need an action of another name. */
const ACTIONS: Readonly<Record<string, string>> = {
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:HeadObject': 's3:GetObject',
  's3:CopyObject': 's3:PutObject',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:UploadPart': 's3:PutObject',
  's3:CompleteMultipartUpload': 's3:PutObject',
  'ssm:GetParameters': 'ssm:GetParameter',
  'ssm:GetParametersByPath': 'ssm:GetParameter',
};
/** Lambda writes the version of its API behind the name of the call. */
const VERSION = /\d{8}(?:v\d)?$/;

/** The IAM action that a call needs, `service:Name`. */
export function actionOf(eventSource: string, eventName: string): string {
  const host = eventSource.split('.')[0] ?? '';
  const action = `${SERVICES[host] ?? host}:${eventName.replace(VERSION, '')}`;
  return ACTIONS[action] ?? action;
}
