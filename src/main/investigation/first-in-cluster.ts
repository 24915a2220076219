import type { CitedText } from '../../shared/model/exhibit';
import type { Incident } from '../../shared/model/incident';
import type { Connection } from '../db/database';
import type { NamedCall } from './answers';
import type { ExhibitBook } from './exhibits';
import firstInClusterSql from './first-in-cluster.sql?raw';
import { clip, clock } from './words';

/** The first hostile request of an incident that lies in a cluster alone, a row of first-in-cluster.sql. */
export interface ClusterRequest extends NamedCall {
  readonly agent: string | null;
  /** Earlier days with requests of the same subject from the same address. */
  readonly days: number;
  readonly tactics: number;
  /** 0..1 */
  readonly share: number;
}

/** As for calls, a lone candidate is not certain: the way into it may lie outside the logs. */
const SUREST = 0.9;

export async function firstInCluster(connection: Connection, id: string): Promise<ClusterRequest | null> {
  const [row] = await connection.rows<Omit<ClusterRequest, 'source'>>(firstInClusterSql, { id });
  return row ? { source: 'k8s-audit', ...row } : null;
}

const seen = (days: number) =>
  days === 0 ? 'not seen on any earlier day' : `seen on ${days} earlier ${days === 1 ? 'day' : 'days'}`;

export function clusterIntrusion(request: ClusterRequest): Incident['firstIntrusion'] {
  const { eventId, time, principal, credential, ip } = request;
  return {
    eventId,
    time,
    principal,
    credential,
    ip,
    confidence: Math.round(Math.min(SUREST, request.share) * 100) / 100,
    runnerUp: null,
    reasons: [
      `findings of ${request.tactics} tactics rest on its requests`,
      seen(request.days),
      `its first request is ${request.name}`,
    ],
  };
}

export async function tellWhereInCluster(request: ClusterRequest, book: ExhibitBook): Promise<CitedText[]> {
  const exhibits = await book.cite([request]);
  const from = `from ${request.ip ?? 'an unknown address'}${request.agent ? ` with ${clip(request.agent)}` : ''}`;
  return [
    {
      text: `The first hostile request to the cluster is ${request.name} at ${clock(request.time)} by ${clip(request.principal)} ${from}.`,
      exhibits,
    },
    { text: `This subject was from this address ${seen(request.days)}.`, exhibits },
    {
      text: 'What ran in the pod or on the machine behind this address is not in these logs; its container and node logs would tell, and whose tokens it held.',
      exhibits,
    },
  ];
}
