import { phishConsole } from '../attack/phishing';
import { keyHolders } from '../attack/stolen-key';
import { hostileOrigin } from '../stage/origin';
import { MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'dns-takeover',
  title: 'The name points elsewhere',
  description:
    'A phished console changes where a name points, takes the lock off the domain and asks for a certificate.',
  play(stage) {
    const incident = stage.incident('dns-takeover');
    const random = stage.random.fork('dns');
    const victim = random.pick(keyHolders(stage));
    const { account } = victim;
    const { at } = phishConsole(stage, { victim, from: stage.opening }, incident);
    const dns = at('route53');
    const { domain } = stage.world.firm;
    const zone = `Z${random.text('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 20)}`;
    dns.call('route53:ListHostedZones');
    dns.call('route53:ListResourceRecordSets', { request: { hostedZoneId: zone } });
    at('route53domains').call('route53domains:ListDomains');
    incident.addTechniques('T1580', 'T1538');
    dns.pause(random.int(10, 200) * MINUTE);
    const elsewhere = hostileOrigin(random.fork('elsewhere')).address;
    for (const name of random.sample(['www', 'login', 'mail', 'api'], 2))
      dns.call('route53:ChangeResourceRecordSets', {
        request: {
          hostedZoneId: zone,
          changeBatch: {
            changes: [
              {
                action: 'UPSERT',
                resourceRecordSet: {
                  name: `${name}.${domain}.`,
                  type: 'A',
                  tTL: 60,
                  resourceRecords: [{ value: elsewhere }],
                },
              },
            ],
          },
        },
        response: { changeInfo: { id: `/change/C${random.digits(12)}`, status: 'PENDING' } },
      });
    at('acm').call('acm:RequestCertificate', {
      region: account.home,
      request: { domainName: `login.${domain}`, validationMethod: 'DNS' },
    });
    if (random.chance(0.6)) {
      at('route53domains').call('route53domains:DisableDomainTransferLock', {
        request: { domainName: domain },
      });
      at('route53domains').call('route53domains:RetrieveDomainAuthCode', { request: { domainName: domain } });
      incident.addTechniques('T1584.001');
    }
    incident.addTechniques('T1584.002', 'T1557', 'T1491.002');
  },
});
