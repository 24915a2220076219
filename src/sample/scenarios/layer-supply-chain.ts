import { askWhoAmI } from '../attack/reconnaissance';
import { keyHolders, takeKey } from '../attack/stolen-key';
import { takeFunctionSession } from '../attack/stolen-session';
import { DAY, HOUR } from '../world/calendar';
import { defineScenario } from './scenario';

export default defineScenario({
  id: 'layer-supply-chain',
  title: 'A layer with a guest',
  description:
    'A stolen developer key publishes a layer with a guest and puts it into several functions; their roles call home.',
  play(stage) {
    const incident = stage.incident('layer-supply-chain');
    const holders = keyHolders(stage);
    const developers = holders.filter((p) => p.job === 'developer');
    const victim = stage.random.fork('victim').pick(developers.length > 0 ? developers : holders);
    const { account } = victim;
    const { actor, origin } = takeKey(stage, { victim, from: stage.opening, pace: 20 }, incident);
    const { random } = actor.scene;
    const functions = stage.world.functions.filter((f) => f.account === account);
    const touched = random.sample(functions, Math.min(functions.length, random.int(2, 4)));
    const region = touched[0]?.region ?? account.home;
    if (random.chance(0.6)) askWhoAmI(actor, incident);
    actor.call('lambda:ListLayers20181031', { region });
    actor.call('lambda:ListFunctions20150331', { region });
    incident.addTechniques('T1526');
    const layerName = random.pick(['common-utils', 'python-deps', 'observability', 'requests-layer']);
    const outside = random.chance(0.5) ? `${random.int(1, 9)}${random.digits(11)}` : account.id;
    if (outside === account.id)
      actor.call('lambda:PublishLayerVersion20181031', {
        region,
        request: { layerName, compatibleRuntimes: ['python3.12', 'python3.11'], description: '' },
        response: { layerArn: `arn:aws:lambda:${region}:${account.id}:layer:${layerName}`, version: 2 },
      });
    for (const fn of touched) {
      actor.call('lambda:GetFunctionConfiguration20150331v2', {
        region: fn.region,
        request: { functionName: fn.name },
      });
      actor.call('lambda:UpdateFunctionConfiguration20150331v2', {
        region: fn.region,
        request: {
          functionName: fn.name,
          layers: [`arn:aws:lambda:${fn.region}:${outside}:layer:${layerName}:2`],
        },
        response: { functionName: fn.name, role: fn.role.arn },
      });
    }
    incident.addTechniques('T1525', 'T1648', 'T1195.002');
    let from = actor.now;
    for (const fn of touched.slice(0, 2)) {
      from = Math.min(from + random.int(1, 9) * HOUR, stage.opening + DAY + 4 * HOUR);
      const back = takeFunctionSession(stage, { fn, from, origin, agent: actor.place.agent }, incident);
      askWhoAmI(back, incident);
      back.call('dynamodb:ListTables', { region: fn.region });
      back.call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
      for (const secretId of random.sample(account.secrets, Math.min(2, account.secrets.length)))
        back.call('secretsmanager:GetSecretValue', { region: fn.region, request: { secretId } });
      incident.addTechniques('T1552.005', 'T1555.006');
    }
  },
});
