import { bruteForceSsh } from '../attack/brute-force';
import { escalate } from '../attack/escalation';
import { downloadBucket, surveyBuckets } from '../attack/exfiltration';
import { raiseAlarm, trailDisabled, usedOutside } from '../attack/findings';
import { askWhoAmI, guessRoles, lookAround, readOwnRights } from '../attack/reconnaissance';
import { blindTrail } from '../attack/tampering';
import { type Credential, instanceSession } from '../record/credential';
import type { Actor } from '../stage/actor';
import { hostileAgent, hostileOrigin, type Origin } from '../stage/origin';
import type { Stage } from '../stage/stage';
import type { IncidentTruth } from '../stage/truth';
import { MINUTE } from '../world/calendar';
import type { Host } from '../world/hosts';
import { machineRoles } from '../world/world';
import { defineScenario } from './scenario';

interface Story {
  readonly stage: Stage;
  readonly incident: IncidentTruth;
  readonly host: Host;
  readonly origin: Origin;
}

/** The host that gives way: public, in the first account. */
function chooseHost(stage: Stage): Host {
  const hosts = stage.world.hosts.filter(
    (h) => h.publicIp !== null && h.network.account === stage.world.accounts[0],
  );
  return stage.random.fork('victim').pick(hosts);
}

/** The instance's credentials as its metadata gives them now: a fresh key whenever they were renewed. */
function refreshed(story: Story, actor: Actor): Actor {
  const current: Credential = instanceSession(story.host, actor.now);
  return actor.credential.accessKeyId === current.accessKeyId ? actor : actor.as(current);
}

function breakIn(story: Omit<Story, 'origin'>): { actor: Actor; origin: Origin } {
  const { stage, incident, host } = story;
  const random = stage.random.fork('break-in');
  const knocking = hostileOrigin(random);
  const login = bruteForceSsh(stage, { host, origin: knocking, start: stage.opening }, incident);
  const origin = hostileOrigin(random, [knocking]);
  const from = login + random.int(8, 50) * MINUTE;
  const place = { address: origin.address, agent: hostileAgent(random), region: host.network.region };
  const actor = stage.actor({ credential: instanceSession(host, from), place, from, pace: 28 }, incident);
  askWhoAmI(actor, incident);
  incident.addTechniques('T1552.005');
  raiseAlarm(
    stage,
    actor,
    origin,
    usedOutside(host, { api: 'GetCallerIdentity', service: 'sts', first: actor.now }),
    incident,
  );
  return { actor, origin };
}

/** Takes the operators' role of the other account. */
function enterAgain(story: Story, actor: Actor): Actor {
  const { stage, incident } = story;
  const { operator } = machineRoles(stage.world, stage.world.accounts[1]);
  incident.addTechniques('T1550.001', 'T1078.004');
  incident.addEntity('role', operator.arn);
  const name = stage.random
    .fork('session-name')
    .pick(['aws-cli-session', 'ops', 'maintenance', 'sync', 'export']);
  return actor.assume(operator, name);
}

/** Moves to the other account and looks around there. */
function crossOver(story: Story, actor: Actor): Actor {
  const { incident } = story;
  const inside = enterAgain(story, actor);
  inside.call('sts:GetCallerIdentity');
  lookAround(inside, incident, { strength: 0.5, refusals: 0.2 });
  return inside;
}

function takeData(story: Story, actor: Actor): void {
  const { stage, incident, origin } = story;
  const [, account] = stage.world.accounts;
  const bucket = surveyBuckets(actor, account, incident);
  const first = actor.now;
  const objects = Math.round(actor.scene.random.int(170, 420) * Math.min(1.5, Math.max(0.75, stage.size)));
  downloadBucket(actor, account, bucket, { objects, incident });
  raiseAlarm(
    stage,
    actor,
    origin,
    {
      type: 'Exfiltration:S3/AnomalousBehavior',
      severity: 8,
      title: 'An IAM entity read objects of an S3 bucket in a suspicious way.',
      account,
      region: bucket.region,
      api: 'GetObject',
      service: 's3',
      first,
      count: objects,
      bucket,
    },
    incident,
  );
}

function blind(story: Story, actor: Actor): void {
  const { stage, incident, origin } = story;
  const [, account] = stage.world.accounts;
  const at = blindTrail(stage, actor, account, incident);
  raiseAlarm(stage, actor, origin, trailDisabled(account, account.secondTrail, at), incident);
}

export default defineScenario({
  id: 'full-intrusion',
  title: 'From a guessed password to another account',
  description:
    'SSH password guessing, the instance role used outside, reconnaissance, more rights, a role of the other account, a bucket taken, the trail blinded.',
  play(stage) {
    const incident = stage.incident('intrusion');
    const host = chooseHost(stage);
    const { actor, origin } = breakIn({ stage, incident, host });
    const story: Story = { stage, incident, host, origin };
    const { random } = actor.scene;
    lookAround(actor, incident);
    readOwnRights(actor, host.role.name, incident);
    guessRoles(actor, stage.world, incident);
    actor.pause(random.int(60, 480) * MINUTE);
    const enter = escalate(refreshed(story, actor), { world: stage.world, role: host.role, incident });
    actor.pause(random.int(40, 420) * MINUTE);
    const inside = crossOver(story, enter(refreshed(story, actor)));
    if (random.chance(0.35)) blind(story, inside);
    // An hour is all that a chained session lives: the data is taken with a new one.
    actor.pause(random.int(40, 420) * MINUTE);
    const taker = enterAgain(story, enter(refreshed(story, actor)));
    takeData(story, taker);
    if (stage.silencedAt(stage.world.accounts[1].id) === Infinity) blind(story, taker);
  },
});
