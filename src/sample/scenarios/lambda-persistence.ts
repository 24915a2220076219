import { askWhoAmI, lookAround } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { takeFunctionSession } from '../attack/stolen-session';
import { DAY, HOUR, MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'lambda-persistence',
  title: 'A door in a function',
  description:
    'A stolen key puts a door into a function, opens a public address for it and comes back with the function’s role.',
  play(stage) {
    const incident = stage.incident('lambda-persistence');
    const developers = keyHolders(stage).filter((p) => p.job === 'developer' || p.job === 'admin');
    const victim = stage.random.fork('victim').pick(developers.length > 0 ? developers : keyHolders(stage));
    const { account } = victim;
    const { actor, origin } = takeKey(stage, { victim, from: stage.opening }, incident);
    const { random } = actor.scene;
    askWhoAmI(actor, incident);
    lookAround(actor, incident, { strength: 0.35, refusals: 0.5 });
    const functions = stage.world.functions.filter((f) => f.account === account);
    const fn = random.pick(functions);
    const { region } = fn;
    actor.call('lambda:ListFunctions20150331', { region });
    for (const other of random.sample(functions, Math.min(4, functions.length)))
      actor.call('lambda:GetFunction20150331v2', {
        region: other.region,
        request: { functionName: other.name },
      });
    actor.call('lambda:GetPolicy20150331v2', {
      region,
      request: { functionName: fn.name },
      error: { code: 'ResourceNotFoundException', message: 'The resource you requested does not exist.' },
    });
    incident.addTechniques('T1526', 'T1552.001');
    actor.pause(random.int(10, 150) * MINUTE);
    actor.call('lambda:UpdateFunctionCode20150331v2', {
      region,
      request: { functionName: fn.name, publish: false, dryRun: false },
      response: { functionName: fn.name, role: fn.role.arn, codeSize: random.int(9000, 900_000) },
    });
    if (random.chance(0.5)) {
      actor.call('lambda:CreateFunctionUrlConfig', {
        region,
        request: { functionName: fn.name, authType: 'NONE' },
        response: {
          functionUrl: `https://${random.hex(32)}.lambda-url.${region}.on.aws/`,
          functionArn: `arn:aws:lambda:${region}:${account.id}:function:${fn.name}`,
          authType: 'NONE',
        },
      });
      actor.call('lambda:AddPermission20150331v2', {
        region,
        request: {
          functionName: fn.name,
          statementId: 'FunctionURLAllowPublicAccess',
          action: 'lambda:InvokeFunctionUrl',
          principal: '*',
          functionUrlAuthType: 'NONE',
        },
      });
    } else {
      actor.call('lambda:AddPermission20150331v2', {
        region,
        request: {
          functionName: fn.name,
          statementId: random.hex(8),
          action: 'lambda:InvokeFunction',
          principal: `${random.int(1, 9)}${random.digits(11)}`,
        },
      });
    }
    incident.addTechniques('T1525', 'T1648', 'T1546', 'T1098');
    const from = Math.min(actor.now + random.int(2, 14) * HOUR, stage.opening + DAY);
    const back = takeFunctionSession(stage, { fn, from, origin, agent: actor.place.agent }, incident);
    askWhoAmI(back, incident);
    back.call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
    for (const secretId of account.secrets)
      back.call('secretsmanager:GetSecretValue', { region, request: { secretId } });
    back.deny('iam:ListUsers', `arn:aws:iam::${account.id}:user/`);
    incident.addTechniques('T1552.005', 'T1555.006');
  },
});
