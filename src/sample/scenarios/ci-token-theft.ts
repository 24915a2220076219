import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { readSecrets } from '../attack/secrets';
import { takeBuildSession } from '../attack/stolen-session';
import { addBackdoorUser } from '../attack/persistence';
import { itemAt } from '../random/item-at';
import { HOUR, MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'ci-token-theft',
  title: 'A build gives its token away',
  description:
    'A poisoned build step sends the session of the deploy role out: secrets read, code of a function changed, a user made.',
  play(stage) {
    const incident = stage.incident('ci-token-theft');
    const random = stage.random.fork('ci');
    const account = itemAt(stage.world.accounts, random.int(0, 1));
    const { actor } = takeBuildSession(stage, { account, from: stage.opening }, incident);
    askWhoAmI(actor, incident);
    lookAround(actor, incident, { strength: 0.4, refusals: 0.6 });
    readSecrets(actor, account, incident);
    actor.call('ecr:DescribeRepositories', { request: { maxResults: 100 } });
    actor.call('ecr:BatchGetImage', {
      request: {
        registryId: account.id,
        repositoryName: random.pick(stage.world.firm.products),
        imageIds: [{ imageTag: 'latest' }],
      },
    });
    incident.addTechniques('T1213.003', 'T1526');
    if (random.chance(0.6)) {
      const fn = random.pick(stage.world.functions.filter((f) => f.account === account));
      actor.call('lambda:UpdateFunctionCode20150331v2', {
        region: fn.region,
        request: { functionName: fn.name, publish: false, dryRun: false },
        response: { functionName: fn.name, role: fn.role.arn, codeSize: random.int(9000, 900_000) },
      });
      incident.addTechniques('T1648', 'T1525');
    }
    if (random.chance(0.5)) {
      const user = addBackdoorUser(() => actor, account, incident);
      user.pause(random.int(2, 9) * HOUR + random.int(0, 50) * MINUTE).call('sts:GetCallerIdentity');
      user.call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
    } else {
      actor.deny('iam:CreateUser', `arn:aws:iam::${account.id}:user/deploy-bot`, {
        request: { userName: 'deploy-bot' },
      });
    }
  },
});
