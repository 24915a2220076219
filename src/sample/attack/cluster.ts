import type { Random } from '../random/random';
import type { Stage } from '../stage/stage';
import type { Host, Network } from '../world/hosts';
import { exactOf, MINUTE } from '../world/calendar';

/** A Kubernetes cluster of the firm: named by its product, its nodes are hosts of the network. */
export interface Cluster {
  readonly name: string;
  readonly network: Network;
  readonly nodes: readonly Host[];
}

interface ClusterUser {
  readonly username: string;
  readonly groups: readonly string[];
  readonly extra?: object;
  readonly address: string;
  readonly agent: string;
}

interface Request {
  readonly verb: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly apiGroup?: string;
  readonly code?: number;
  readonly body?: object;
  readonly query?: string;
}

/** One audit event of the cluster's API server, as EKS writes it to its log group. */
export function auditEvent(
  stage: Stage,
  cluster: Cluster,
  by: ClusterUser,
  at: { time: number; request: Request },
  random: Random,
): void {
  const { request, time } = at;
  const { verb, resource, subresource, namespace, name, apiGroup, body, query } = request;
  const code = request.code ?? (verb === 'create' ? 201 : 200);
  const base = apiGroup ? `/apis/${apiGroup}/v1` : '/api/v1';
  const path = [namespace ? `namespaces/${namespace}` : '', resource, name ?? '', subresource ?? '']
    .filter((part) => part !== '')
    .join('/');
  const denied = code === 403;
  const stamp = exactOf(time).replace('000000Z', `${random.digits(6)}Z`);
  const event = {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: body ? 'Request' : 'Metadata',
    auditID: random.uuid(),
    stage: 'ResponseComplete',
    requestURI: `${base}/${path}${query ?? ''}`,
    verb,
    user: {
      username: by.username,
      ...(by.extra ? { uid: random.uuid() } : {}),
      groups: by.groups,
      ...(by.extra ? { extra: by.extra } : {}),
    },
    sourceIPs: [by.address],
    userAgent: by.agent,
    objectRef: {
      resource,
      ...(namespace ? { namespace } : {}),
      ...(name ? { name } : {}),
      ...(apiGroup ? { apiGroup } : {}),
      apiVersion: 'v1',
      ...(subresource ? { subresource } : {}),
    },
    responseStatus: denied
      ? { metadata: {}, status: 'Failure', reason: 'Forbidden', code }
      : { metadata: {}, code },
    ...(body ? { requestObject: body } : {}),
    requestReceivedTimestamp: stamp,
    stageTimestamp: stamp,
    annotations: {
      'authorization.k8s.io/decision': denied ? 'forbid' : 'allow',
      'authorization.k8s.io/reason': denied ? '' : 'RBAC: allowed',
    },
  };
  const { account, region } = cluster.network;
  stage.audit({ account, region, cluster: cluster.name, time, text: JSON.stringify(event) });
}

/** The ordinary talk of the cluster with itself around the story: leases, nodes, controllers. */
export function clusterHum(
  stage: Stage,
  cluster: Cluster,
  span: { from: number; until: number },
  random: Random,
): void {
  const system: ClusterUser[] = [
    {
      username: 'system:kube-controller-manager',
      groups: ['system:authenticated'],
      address: '10.0.12.4',
      agent: 'kube-controller-manager/v1.30.4 (linux/amd64) kubernetes/a51b3b7/leader-election',
    },
    {
      username: 'system:serviceaccount:kube-system:aws-node',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
      address: cluster.nodes[0]?.privateIp ?? '10.0.12.4',
      agent: 'aws-k8s-agent/v1.18.3 (linux/amd64)',
    },
    ...cluster.nodes.map((node) => ({
      username: `system:node:ip-${node.privateIp.replaceAll('.', '-')}.${node.network.region}.compute.internal`,
      groups: ['system:bootstrappers', 'system:nodes', 'system:authenticated'],
      extra: {
        arn: [`arn:aws:sts::${node.network.account.id}:assumed-role/${node.role.name}/${node.instanceId}`],
        sessionName: [node.instanceId],
      },
      address: node.privateIp,
      agent: 'kubelet/v1.30.4 (linux/amd64) kubernetes/a51b3b7',
    })),
  ];
  const talk: readonly Request[] = [
    {
      verb: 'update',
      resource: 'leases',
      namespace: 'kube-node-lease',
      name: 'node',
      apiGroup: 'coordination.k8s.io',
    },
    { verb: 'get', resource: 'configmaps', namespace: 'kube-system', name: 'cert-manager' },
    { verb: 'watch', resource: 'pods' },
    { verb: 'list', resource: 'endpointslices', apiGroup: 'discovery.k8s.io' },
    { verb: 'patch', resource: 'nodes', subresource: 'status', name: 'node' },
  ];
  for (let time = span.from; time < span.until; time += random.int(1, 6) * MINUTE)
    auditEvent(stage, cluster, random.pick(system), { time, request: random.pick(talk) }, random);
}
