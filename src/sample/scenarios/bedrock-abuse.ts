import { keyHolders, takeKey } from '../attack/stolen-key';
import { addBackdoorUser } from '../attack/persistence';
import { HOUR } from '../world/calendar';
import { defineScenario } from './scenario';

const MODELS = [
  'anthropic.claude-3-5-sonnet-20240620-v1:0',
  'anthropic.claude-3-opus-20240229-v1:0',
  'anthropic.claude-v2:1',
  'meta.llama3-1-405b-instruct-v1:0',
];
const REGIONS = ['us-east-1', 'us-west-2', 'eu-central-1', 'ap-northeast-1'];

export default defineScenario({
  id: 'bedrock-abuse',
  title: 'Other people’s questions to the models',
  description:
    'A stolen key looks which models it may use, asks for more, and answers strangers’ questions for hours.',
  play(stage) {
    const incident = stage.incident('bedrock-abuse');
    const victim = stage.random.fork('victim').pick(keyHolders(stage));
    const { account } = victim;
    const { actor } = takeKey(stage, { victim, from: stage.opening, pace: 8 }, incident);
    const { random } = actor.scene;
    const invalid = { code: 'ValidationException', message: 'max_tokens_to_sample: range: -1..-1' };
    if (random.chance(0.5)) actor.call('sts:GetCallerIdentity');
    for (const region of random.sample(REGIONS, random.int(2, 4))) {
      actor.call('bedrock:ListFoundationModels', { region });
      actor.call('bedrock:InvokeModel', {
        region,
        request: { modelId: random.pick(MODELS) },
        error: invalid,
      });
      actor.call('bedrock:GetModelInvocationLoggingConfiguration', { region });
    }
    incident.addTechniques('T1526', 'T1580');
    const region = random.pick(REGIONS);
    const modelId = random.pick(MODELS);
    actor.call('bedrock:GetFoundationModelAvailability', { region, request: { modelId } });
    if (random.chance(0.6)) {
      actor.call('bedrock:PutUseCaseForModelAccess', { region, request: { formData: '***' } });
      actor.call('bedrock:ListFoundationModelAgreementOffers', { region, request: { modelId } });
      actor.call('bedrock:CreateFoundationModelAgreement', {
        region,
        request: { modelId, offerToken: '***' },
      });
      actor.call('bedrock:PutFoundationModelEntitlement', { region, request: { modelId } });
    }
    if (random.chance(0.3)) actor.call('bedrock:DeleteModelInvocationLoggingConfiguration', { region });
    const through = random.chance(0.4) ? addBackdoorUser(() => actor, account, incident) : actor;
    const fast = through.atPace(0);
    fast.pause(random.int(1, 6) * HOUR);
    const name = random.pick(['InvokeModel', 'InvokeModelWithResponseStream', 'Converse']);
    for (let i = random.int(150, 500); i > 0; i -= 1) {
      const throttled = random.chance(0.06);
      fast.pause(random.skewed(20, 0.8)).call(`bedrock:${name}`, {
        region,
        request: { modelId },
        ...(throttled
          ? {
              error: {
                code: 'ThrottlingException',
                message: 'Too many requests, please wait before trying again.',
              },
            }
          : {}),
        extra: {
          inferenceRegion: region,
          inputTokens: random.int(40, 9000),
          outputTokens: random.int(20, 2000),
        },
      });
    }
    incident.addTechniques('T1496', 'T1496.004');
  },
});
