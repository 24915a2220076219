import { composeId, type Account, type Role } from '../world/account';
import { isoOf } from '../world/calendar';
import type { CloudFunction, Environment } from '../world/functions';
import type { Host } from '../world/hosts';
import type { Person } from '../world/people';
import type { Random } from '../random/random';

/** What signs a call: the `userIdentity` it writes, and the names the truth uses for it. */
export interface Credential {
  readonly account: string;
  /** The ARN of the calling session or user. */
  readonly arn: string;
  /** The user's or the role's own ARN. */
  readonly principal: string;
  /** The principal id as a cross-account record shows it. */
  readonly principalId: string;
  readonly accessKeyId: string | null;
  /** How truth names it: access key id, `arn|creationDate` of a console session, else the principal. */
  readonly credential: string;
  /** The JSON text of `userIdentity`. */
  readonly identity: string;
}

interface RoleSession {
  readonly name: string;
  readonly accessKeyId: string | null;
  readonly created: number;
  readonly delivery?: '1.0' | '2.0';
  readonly invokedBy?: string;
  readonly mfa?: boolean;
  readonly provider?: string;
  readonly sourceIdentity?: string;
  readonly fromConsole?: boolean;
}

/** A session of a role. */
export function roleSession(role: Role, session: RoleSession): Credential {
  const account = role.account.id;
  const arn = `arn:aws:sts::${account}:assumed-role/${role.name}/${session.name}`;
  const principalId = `${role.id}:${session.name}`;
  const key = session.accessKeyId ? `"accessKeyId":"${session.accessKeyId}",` : '';
  const federation = session.provider
    ? `"webIdFederationData":{"federatedProvider":"${session.provider}","attributes":{}},`
    : '"webIdFederationData":{},';
  const source = session.sourceIdentity ? `,"sourceIdentity":"${session.sourceIdentity}"` : '';
  const delivery = session.delivery ? `,"ec2RoleDelivery":"${session.delivery}"` : '';
  const tail = session.invokedBy ? `,"invokedBy":"${session.invokedBy}"` : '';
  return {
    account,
    arn,
    principal: role.arn,
    principalId,
    accessKeyId: session.accessKeyId,
    credential: session.fromConsole ? `${arn}|${isoOf(session.created)}` : (session.accessKeyId ?? arn),
    identity:
      `{"type":"AssumedRole","principalId":"${principalId}","arn":"${arn}","accountId":"${account}",${key}` +
      `"sessionContext":{"sessionIssuer":{"type":"Role","principalId":"${role.id}","arn":"${role.arn}",` +
      `"accountId":"${account}","userName":"${role.name}"},${federation}"attributes":{"creationDate":` +
      `"${isoOf(session.created)}","mfaAuthenticated":"${session.mfa ? 'true' : 'false'}"}${source}${delivery}}${tail}}`,
  };
}

/** The user as a name and ids, for people and for users that are made on the way. */
interface UserName {
  readonly account: string;
  readonly name: string;
  readonly arn: string;
  readonly id: string;
}

export function userOf(person: Person): UserName {
  return { account: person.account.id, name: person.name, arn: person.userArn, id: person.userId };
}

/** A new user of an account. */
export function composeUser(account: Account, name: string, random: Random): UserName {
  return {
    account: account.id,
    name,
    arn: `arn:aws:iam::${account.id}:user/${name}`,
    id: composeId('AIDA', account, random),
  };
}

/** A user calling with a long-term access key. */
export function userKey(user: UserName, accessKeyId: string): Credential {
  return {
    account: user.account,
    arn: user.arn,
    principal: user.arn,
    principalId: user.id,
    accessKeyId,
    credential: accessKeyId,
    identity:
      `{"type":"IAMUser","principalId":"${user.id}","arn":"${user.arn}","accountId":"${user.account}",` +
      `"accessKeyId":"${accessKeyId}","userName":"${user.name}"}`,
  };
}

/** A user in the console: the console signs with short-lived keys, tied together by the time of the sign-in. */
export function userConsole(user: UserName, accessKeyId: string, created: number, mfa: boolean): Credential {
  return {
    account: user.account,
    arn: user.arn,
    principal: user.arn,
    principalId: user.id,
    accessKeyId,
    credential: `${user.arn}|${isoOf(created)}`,
    identity:
      `{"type":"IAMUser","principalId":"${user.id}","arn":"${user.arn}","accountId":"${user.account}",` +
      `"accessKeyId":"${accessKeyId}","userName":"${user.name}","sessionContext":{"attributes":{"creationDate":` +
      `"${isoOf(created)}","mfaAuthenticated":"${mfa}"}}}`,
  };
}

/** A federated session of a user (GetFederationToken). */
export function federatedUser(
  user: UserName,
  session: { name: string; accessKeyId: string; created: number },
): Credential {
  const arn = `arn:aws:sts::${user.account}:federated-user/${session.name}`;
  const principalId = `${user.account}:${session.name}`;
  return {
    account: user.account,
    arn,
    principal: user.arn,
    principalId,
    accessKeyId: session.accessKeyId,
    credential: session.accessKeyId,
    identity:
      `{"type":"FederatedUser","principalId":"${principalId}","arn":"${arn}","accountId":"${user.account}",` +
      `"accessKeyId":"${session.accessKeyId}","sessionContext":{"sessionIssuer":{"type":"IAMUser","principalId":"${user.id}",` +
      `"arn":"${user.arn}","accountId":"${user.account}","userName":"${user.name}"},"attributes":{"creationDate":` +
      `"${isoOf(session.created)}","mfaAuthenticated":"false"}}}`,
  };
}

/** A user at the sign-in page: no key yet. */
export function userSignIn(user: UserName): Credential {
  return {
    account: user.account,
    arn: user.arn,
    principal: user.arn,
    principalId: user.id,
    accessKeyId: null,
    credential: user.arn,
    identity:
      `{"type":"IAMUser","principalId":"${user.id}","arn":"${user.arn}","accountId":"${user.account}",` +
      `"userName":"${user.name}"}`,
  };
}

/** The root user: at the sign-in page without a key, in the console with one of the session's. */
export function rootIdentity(
  account: Account,
  accessKeyId: string | null,
  created: number,
  mfa = true,
): Credential {
  const arn = `arn:aws:iam::${account.id}:root`;
  const session = accessKeyId
    ? `,"sessionContext":{"attributes":{"creationDate":"${isoOf(created)}","mfaAuthenticated":"${mfa}"}}`
    : '';
  return {
    account: account.id,
    arn,
    principal: arn,
    principalId: account.id,
    accessKeyId,
    credential: `${arn}|${isoOf(created)}`,
    identity:
      `{"type":"Root","principalId":"${account.id}","arn":"${arn}","accountId":"${account.id}",` +
      `"accessKeyId":"${accessKeyId ?? ''}"${session}}`,
  };
}

/** An AWS service acting by itself. */
export function awsService(service: string, account: string): Credential {
  return {
    account,
    arn: service,
    principal: service,
    principalId: service,
    accessKeyId: null,
    credential: `service:${service}`,
    identity: `{"type":"AWSService","invokedBy":"${service}"}`,
  };
}

/** A person as the identity provider's assertion names them (AssumeRoleWithSAML). */
export function samlUser(email: string, provider: string, account: string, issuer: string): Credential {
  const principalId = `${issuer}:${email}`;
  return {
    account,
    arn: principalId,
    principal: principalId,
    principalId,
    accessKeyId: null,
    credential: principalId,
    identity: `{"type":"SAMLUser","principalId":"${principalId}","userName":"${email}","identityProvider":"${provider}"}`,
  };
}

/** A build run as its token names it (AssumeRoleWithWebIdentity). */
export function webIdentity(
  subject: string,
  provider: string,
  account: string,
  audience: string,
): Credential {
  const principalId = `${provider}:${audience}:${subject}`;
  return {
    account,
    arn: principalId,
    principal: principalId,
    principalId,
    accessKeyId: null,
    credential: principalId,
    identity: `{"type":"WebIdentityUser","principalId":"${principalId}","userName":"${subject}","identityProvider":"${provider}"}`,
  };
}

/** A caller of another account as the called account's record shows it. */
export function foreignCaller(caller: Credential): string {
  return `{"type":"AWSAccount","principalId":"${caller.principalId}","accountId":"${caller.account}"}`;
}

/** The credentials an instance holds at a moment. */
export function instanceSession(host: Host, time: number): Credential & { readonly created: number } {
  let i = host.renewals.length - 1;
  while (i > 0 && (host.renewals[i] ?? 0) > time) i -= 1;
  const created = host.renewals[i] ?? time;
  const accessKeyId = host.keyIds[i] ?? null;
  const session = roleSession(host.role, {
    name: host.instanceId,
    accessKeyId,
    created,
    delivery: host.delivery,
  });
  return { ...session, created };
}

/** The credentials of one environment of a function. */
export function functionSession(fn: CloudFunction, environment: Environment): Credential {
  return roleSession(fn.role, {
    name: fn.name,
    accessKeyId: environment.accessKeyId,
    created: environment.from,
  });
}
