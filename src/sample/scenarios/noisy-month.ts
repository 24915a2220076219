import { accessKeyResource, apiCallAction } from '../stage/finding';
import { hostileOrigin } from '../stage/origin';
import { userKey, userOf } from '../record/credential';
import { DAY, HOUR } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'noisy-month',
  title: 'Alarms and nothing behind them',
  description:
    'No intruder: a provider that alarms about people at work, scanners that are refused, a tester of the own firm.',
  oddShare: 0.6,
  play(stage) {
    const random = stage.random.fork('alarms');
    const { world } = stage;
    const types = [
      'Persistence:IAMUser/AnomalousBehavior',
      'Discovery:IAMUser/AnomalousBehavior',
      'CredentialAccess:IAMUser/AnomalousBehavior',
      'Policy:IAMUser/RootCredentialUsage',
    ];
    for (let i = random.int(4, 10); i > 0; i -= 1) {
      const person = random.pick(world.staff.people.filter((p) => p.accessKeyId !== null && p.from === 0));
      const time = world.start + random.int(1, world.days - 2) * DAY + random.int(7, 17) * HOUR;
      const from = { address: person.homeAddress, country: world.staff.country };
      const id = stage.finding(
        {
          account: person.account,
          region: person.account.home,
          type: random.pick(types),
          severity: random.pick([2, 2, 5]),
          title: `${person.name} called APIs in an unusual way.`,
          description: 'The API calls deviate from the usual behaviour of the identity.',
          resource: accessKeyResource(userKey(userOf(person), person.accessKeyId ?? '')),
          action: apiCallAction({ api: 'ListRoles', service: 'iam', from }),
          role: 'TARGET',
          first: time,
          last: time + HOUR,
          count: random.int(1, 9),
        },
        null,
      );
      stage.benign.push({ kind: 'noiseFinding', id, note: `${person.name} at work` });
    }
    // Somebody outside tries a revoked key now and then: refused before anybody is known.
    const key = `AKIA${random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`;
    stage.benign.push({ kind: 'deadKey', id: key, note: 'a revoked key tried from outside' });
    const origin = hostileOrigin(random);
    const [account] = world.accounts;
    const user = {
      account: account.id,
      name: 'former.user',
      arn: `arn:aws:iam::${account.id}:user/former.user`,
      id: 'AIDAFORMERUSER000001',
    };
    const at = stage.actor(
      {
        credential: userKey(user, key),
        place: { address: origin.address, agent: 'TruffleHog', region: 'us-east-1' },
        from: stage.opening,
        pace: 600,
      },
      null,
    );
    const eventIds = [0, 1, 2].map(() =>
      at.call('sts:GetCallerIdentity', {
        error: {
          code: 'InvalidClientTokenId',
          message: 'The security token included in the request is invalid.',
        },
      }),
    );
    stage.benign.push({ kind: 'deadKeyCalls', id: key, note: 'refused before anybody is known', eventIds });
  },
});
