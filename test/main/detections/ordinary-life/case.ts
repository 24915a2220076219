import { user } from '../../entities/record';

type Fields = Readonly<Record<string, unknown>>;

/** What a rule has to say of a call, or of the calls of one principal. */
export interface Call {
  readonly rule: string;
  readonly says: 'fires' | 'quiet';
  readonly what: string;
  /** Fields of one record, or of several by the same principal within an hour. */
  readonly of: Fields | readonly Fields[];
}

export const fires = (rule: string, what: string, of: Call['of']): Call => ({
  rule,
  says: 'fires',
  what,
  of,
});
export const quiet = (rule: string, what: string, of: Call['of']): Call => ({
  rule,
  says: 'quiet',
  what,
  of,
});

/** A call by its service's short name, its API and what was asked. */
export function call(
  service: string,
  eventName: string,
  requestParameters?: unknown,
  more: Fields = {},
): Fields {
  return {
    eventSource: `${service}.amazonaws.com`,
    eventName,
    requestParameters: requestParameters ?? null,
    responseElements: null,
    ...more,
  };
}

/** Made by an AWS service with a role of the customer: AWS writes the service where the address belongs. */
export const through = (service: string, role: string): Fields => ({
  userIdentity: {
    type: 'AssumedRole',
    principalId: `AROA${role.toUpperCase()}:job`,
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/job`,
    accountId: '111122223333',
    accessKeyId: `ASIA${role.toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: `arn:aws:iam::111122223333:role/${role}`,
        accountId: '111122223333',
      },
    },
    invokedBy: `${service}.amazonaws.com`,
  },
  sourceIPAddress: `${service}.amazonaws.com`,
  userAgent: `${service}.amazonaws.com`,
});

/** Made by AWS itself with a service-linked role. */
export const linked = (service: string, role: string): Fields => ({
  userIdentity: {
    type: 'AssumedRole',
    principalId: `AROA${role.toUpperCase()}:AutoScaling`,
    arn: `arn:aws:sts::111122223333:assumed-role/AWSServiceRoleFor${role}/AutoScaling`,
    accountId: '111122223333',
    accessKeyId: `ASIA${role.toUpperCase()}`,
    invokedBy: `${service}.amazonaws.com`,
  },
  sourceIPAddress: `${service}.amazonaws.com`,
  userAgent: `${service}.amazonaws.com`,
});

/** Identity of an IAM user of that name. */
export const by = (name: string): Fields => ({ userIdentity: user(name, `AKIA${name.toUpperCase()}`) });

export const range = (n: number) => Array.from({ length: n }, (_, i) => i);
