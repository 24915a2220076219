import { roleSession, samlUser, userConsole, userOf, userSignIn } from '../record/credential';
import { composeId } from '../world/account';
import { DAY, HOUR } from '../world/calendar';
import { homeAddressAt, type Person, toolsAt } from '../world/people';
import { Actor, issuedResponse, type Place, type Scene } from '../stage/actor';
import type { World } from '../world/world';

/** `additionalEventData` of a console sign-in. */
export function signInDetails(region: string, mfa: string | null): object {
  return {
    LoginTo: `https://${region}.console.aws.amazon.com/console/home?region=${region}&state=hashArgs%23&isauthcode=true`,
    MobileVersion: 'No',
    ...(mfa ? { MFAIdentifier: mfa } : {}),
    MFAUsed: mfa ? 'Yes' : 'No',
  };
}

/** A sign-in page refusing a user: a wrong password. */
function failSignIn(actor: Actor): void {
  actor.call('signin:ConsoleLogin', {
    type: 'AwsConsoleSignIn',
    error: { code: '', message: 'Failed authentication' },
    response: { ConsoleLogin: 'Failure' },
    extra: signInDetails(actor.place.region, null),
  });
}

/** A person's way to the office of a day: an office, a home, a hotel. */
export function placeOf(person: Person, world: World, time: number, scene: Scene): string {
  const { travel } = person;
  if (travel && time >= travel.from && time < travel.to) return travel.address;
  return scene.random.chance(person.office) ? world.staff.officeAddress : homeAddressAt(person, time);
}

/** Signs a person in to the console and returns an actor for each service they use (the console mints a key each). */
export function openConsole(person: Person, place: Place, scene: Scene): (service: string) => Actor {
  const region = place.region;
  const at: Place = { ...place, agent: toolsAt(person, scene.clock.now).browser, fromConsole: true };
  if (person.ssoRole) {
    const session = openSso(person, at, scene);
    return () => session;
  }
  const user = userOf(person);
  const door = new Actor(scene, userSignIn(user), { ...at, fromConsole: false });
  while (scene.random.chance(0.06)) failSignIn(door);
  const mfa = `arn:aws:iam::${user.account}:mfa/${user.name}`;
  door.call('signin:CheckMfa', {
    type: 'AwsConsoleSignIn',
    response: { CheckMfa: 'Success' },
    extra: { MfaType: 'Virtual MFA' },
  });
  door.call('signin:ConsoleLogin', {
    type: 'AwsConsoleSignIn',
    response: { ConsoleLogin: 'Success' },
    extra: signInDetails(region, mfa),
  });
  const created = scene.clock.now;
  const keys = new Map<string, Actor>();
  return (service) => {
    const known = keys.get(service);
    if (known) return known;
    const key = composeId('ASIA', person.account, scene.random);
    const actor = door.as(userConsole(user, key, created, true), at);
    keys.set(service, actor);
    return actor;
  };
}

/** Single sign-on: the identity provider's assertion becomes a role session. */
export function openSso(person: Person, place: Place, scene: Scene): Actor {
  const role = person.ssoRole;
  if (!role) throw new RangeError(`${person.name} has no single sign-on`);
  const account = person.account.id;
  const provider = `arn:aws:iam::${account}:saml-provider/AWSSSO_${role.id.slice(-8).toLowerCase()}_DO_NOT_DELETE`;
  const door = new Actor(scene, samlUser(person.email, provider, account, role.id.slice(4, 16)), place);
  const accessKeyId = composeId('ASIA', person.account, scene.random);
  door.pause(1).call('sts:AssumeRoleWithSAML', {
    request: {
      sAMLAssertionID: `_${scene.random.uuid()}`,
      roleSessionName: person.email,
      roleArn: role.arn,
      principalArn: provider,
      durationSeconds: 12 * HOUR,
    },
    response: issuedResponse(
      role,
      { name: person.email, accessKeyId, expires: scene.clock.now + DAY / 2 },
      scene.random,
      {
        issuer: 'https://portal.sso.amazonaws.com/saml/assertion',
        subject: person.email,
        audience: 'https://signin.aws.amazon.com/saml',
      },
    ),
    resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN: role.arn }],
    region: person.account.home,
    agent: 'aws-internal/3 aws-sdk-java/1.12.780',
  });
  const session = roleSession(role, {
    name: person.email,
    accessKeyId,
    created: scene.clock.now,
    fromConsole: place.fromConsole === true,
  });
  return door.as(session, place);
}
