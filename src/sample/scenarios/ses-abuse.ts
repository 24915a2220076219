import { keyHolders, takeKey } from '../attack/stolen-key';
import { addBackdoorUser } from '../attack/persistence';
import { REGIONS } from '../world/ranges';
import { HOUR } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'ses-abuse',
  title: 'Mail in the firm’s name',
  description:
    'A key found in a repository is tested for mail rights in several Regions, limits are raised, identities added.',
  play(stage) {
    const incident = stage.incident('ses-abuse');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const { actor } = takeKey(stage, { victim, from: stage.opening, pace: 5 }, incident);
    const { random } = actor.scene;
    if (random.chance(0.7)) actor.call('sts:GetCallerIdentity');
    if (random.chance(0.4))
      actor.deny('iam:ListAttachedUserPolicies', victim.userArn, { request: { userName: victim.name } });
    const regions = [
      account.home,
      ...random.sample(
        REGIONS.filter((r) => r !== account.home),
        random.int(2, 6),
      ),
    ];
    for (const region of regions) {
      actor.call('ses:GetSendQuota', { region });
      actor.call('ses:GetAccount', { region });
      actor.call('ses:ListIdentities', { region, request: { identityType: 'EmailAddress', maxItems: 1000 } });
      if (random.chance(0.4))
        actor.call('ses:GetIdentityVerificationAttributes', { region, request: { identities: [] } });
    }
    incident.addTechniques('T1580', 'T1526', 'T1087.004');
    const region = account.home;
    actor.pause(random.int(1, 10) * HOUR);
    actor.call('ses:UpdateAccountSendingEnabled', { region, request: { enabled: true } });
    actor.call('ses:PutAccountDetails', {
      region,
      request: {
        mailType: 'MARKETING',
        websiteURL: `https://${random.text('abcdefghijklmnop', 9)}.com`,
        productionAccessEnabled: true,
      },
    });
    actor.call('support:CreateCase', {
      request: { serviceCode: 'service-ses', categoryCode: 'sending-limits', severityCode: 'normal' },
    });
    const domain = `${random.text('abcdefghijklmnop', 8)}.${random.pick(['com', 'net', 'info'])}`;
    actor.call('ses:VerifyDomainIdentity', { region, request: { domain } });
    actor.call('ses:VerifyDomainDkim', { region, request: { domain } });
    for (let i = random.int(1, 5); i > 0; i -= 1)
      actor.call('ses:VerifyEmailIdentity', {
        region,
        request: { emailAddress: `${random.pick(['noreply', 'support', 'billing', 'service'])}@${domain}` },
      });
    if (random.chance(0.4)) {
      const user = addBackdoorUser(() => actor, account, incident);
      user.call('ses:GetSendQuota', { region });
    }
    incident.addTechniques('T1496', 'T1496.004', 'T1098');
  },
});
