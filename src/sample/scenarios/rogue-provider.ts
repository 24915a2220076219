import { lookAround } from '../attack/reconnaissance';
import { phishConsole } from '../attack/phishing';
import { keyHolders } from '../attack/stolen-key';
import { roleSession, samlUser } from '../record/credential';
import { issuedResponse } from '../stage/actor';
import { composeId, composeRole } from '../world/account';
import { HOUR, MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'rogue-provider',
  title: 'An identity provider of one’s own',
  description:
    'A phished administrator’s console makes an identity provider and a role that trusts it; the intruder returns by it.',
  play(stage) {
    const incident = stage.incident('rogue-provider');
    const holders = keyHolders(stage);
    const admins = holders.filter((p) => p.job === 'admin');
    const random = stage.random.fork('provider');
    const victim = random.pick(admins.length > 0 ? admins : holders);
    const { account } = victim;
    const { at } = phishConsole(stage, { victim, from: stage.opening }, incident);
    const iam = at('iam');
    iam.call('iam:GetAccountSummary');
    iam.call('iam:ListSAMLProviders');
    iam.call('iam:ListRoles');
    incident.addTechniques('T1538', 'T1087.004');
    iam.pause(random.int(3, 60) * MINUTE);
    const name = random.pick(['okta-sso', 'adfs', 'AzureAD', 'corp-idp']);
    const provider = `arn:aws:iam::${account.id}:saml-provider/${name}`;
    iam.call('iam:CreateSAMLProvider', {
      request: { sAMLMetadataDocument: '<EntityDescriptor/>', name },
      response: { sAMLProviderArn: provider },
    });
    const role = composeRole(account, random.pick(['SSO-Admin', 'federated-admin', 'idp-support']), random);
    iam.call('iam:CreateRole', {
      request: {
        roleName: role.name,
        assumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Federated: provider },
              Action: 'sts:AssumeRoleWithSAML',
              Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
            },
          ],
        }),
      },
      response: { role: { roleName: role.name, roleId: role.id, arn: role.arn } },
    });
    iam.call('iam:AttachRolePolicy', {
      request: { roleName: role.name, policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    });
    incident.addTechniques('T1484.002', 'T1136.003', 'T1098.003');
    incident.addEntity('role', role.arn);
    const email = `${random.pick(['admin', 'svc', 'support'])}@${random.text('abcdefghijk', 7)}.com`;
    const door = iam.as(samlUser(email, provider, account.id, role.id.slice(4, 16)), { fromConsole: false });
    const accessKeyId = composeId('ASIA', account, random);
    door.pause(random.int(20, 400) * MINUTE).call('sts:AssumeRoleWithSAML', {
      request: { roleSessionName: email, roleArn: role.arn, principalArn: provider, durationSeconds: HOUR },
      response: issuedResponse(role, { name: email, accessKeyId, expires: iam.now + HOUR }, random, {
        issuer: `https://${name}.example`,
        subject: email,
        audience: 'https://signin.aws.amazon.com/saml',
      }),
      resources: [{ accountId: account.id, type: 'AWS::IAM::Role', ARN: role.arn }],
    });
    const session = roleSession(role, { name: email, accessKeyId, created: door.now });
    lookAround(door.as(session), incident, { strength: 0.5, refusals: 0 });
    incident.addTechniques('T1550.001');
  },
});
