import type { AnalysisContext } from '../../../src/main/case/analysis-context';
import type { Connection } from '../../../src/main/db/database';

export const ACCOUNT = '111122223333';

let made = 0;

type Fields = Readonly<Record<string, unknown>>;

/** A CloudTrail record with the fields every one has; ids count up, so that they are stable within a test file. */
export function record(fields: Fields): Fields {
  made += 1;
  return {
    eventVersion: '1.08',
    eventID: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    eventTime: '2025-03-10T12:00:00Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'GetCallerIdentity',
    eventType: 'AwsApiCall',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.15.0 Python/3.11 Linux/6.1',
    recipientAccountId: ACCOUNT,
    ...fields,
  };
}

/** Identity of an IAM user with a long-term key. */
export function user(name: string, accessKeyId: string, account = ACCOUNT): Fields {
  return {
    type: 'IAMUser',
    principalId: `AIDA${name.toUpperCase()}`,
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    accessKeyId,
    userName: name,
  };
}

/** Identity of a role's session. */
export function session(
  role: string,
  name: string,
  accessKeyId: string,
  options: { account?: string; created?: string } = {},
): Fields {
  const account = options.account ?? ACCOUNT;
  return {
    type: 'AssumedRole',
    principalId: `AROA${role.toUpperCase()}:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    accountId: account,
    accessKeyId,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
      ...(options.created === undefined
        ? {}
        : { attributes: { creationDate: options.created, mfaAuthenticated: 'false' } }),
    },
  };
}

/** Identity of a user in the console: one of the keys of the sign-in at `created`. */
export function consoleUser(name: string, accessKeyId: string, created: string): Fields {
  return {
    ...user(name, accessKeyId),
    sessionContext: { attributes: { creationDate: created, mfaAuthenticated: 'true' } },
  };
}

export function context(connection: Connection, baselineDays = 14): AnalysisContext {
  return { connection, baselineDays, progress: () => undefined };
}
