import type { Incident } from '../../shared/model/incident';
import type { Connection } from '../db/database';
import type { NamedCall } from './answers';
import type { Entry, Strand } from './strand-score';

/** The first call of the entry and of its runner-up, and what the incident says of them. */
interface FirstTold {
  readonly first: NamedCall | null;
  readonly second: NamedCall | null;
  readonly firstIntrusion: Incident['firstIntrusion'];
}

function reasonsOf({ chosen: s }: Entry, first: NamedCall): string[] {
  return [
    `findings of ${s.tactics} tactics rest on its calls`,
    `${s.failures} of ${s.events} calls failed`,
    s.benign_days === 0 ? 'not seen on any earlier day' : `seen on ${s.benign_days} earlier days`,
    ...(s.later_network ? ['the same credential was used from another network before'] : []),
    ...(s.unusual_hours ? ['it begins at hours at which this principal never worked before'] : []),
    `its first call is ${first.name}`,
  ];
}

function factsOf(s: Strand): string {
  const days =
    s.benign_days === 0 ? 'no earlier day with it' : `${s.benign_days} earlier days with the same habits`;
  return `${s.tactics} tactics rest on it, ${s.failures} of ${s.events} calls failed, ${days}`;
}

/** Why the runner-up was not taken: both scores, which began first, and its facts. */
function whyNot({ chosen, runnerUp, scores }: Entry & { readonly runnerUp: Strand }): string {
  const order = runnerUp.begin_time < chosen.begin_time ? 'it began earlier' : 'it began later';
  const score = `score ${scores.runnerUp.toFixed(1)} against ${scores.chosen.toFixed(1)}`;
  return `${score}; ${order}; ${factsOf(runnerUp)}`;
}

/** The entry of an incident with its first call, its confidence and the candidate that came second. */
export async function tellFirst(connection: Connection, entry: Entry | null): Promise<FirstTold> {
  if (!entry) return { first: null, second: null, firstIntrusion: null };
  const { chosen, runnerUp } = entry;
  const first = await firstOf(connection, chosen);
  const second = runnerUp ? await firstOf(connection, runnerUp) : null;
  if (!first) return { first: null, second: null, firstIntrusion: null };
  const { eventId, time, principal, credential, ip } = first;
  return {
    first,
    second,
    firstIntrusion: {
      eventId,
      time,
      principal,
      credential,
      ip,
      confidence: entry.confidence,
      runnerUp:
        runnerUp && second
          ? {
              principal: second.principal,
              credential: second.credential,
              ip: second.ip,
              eventId: second.eventId,
              time: second.time,
              why: whyNot({ ...entry, runnerUp }),
            }
          : null,
      reasons: reasonsOf(entry, first),
    },
  };
}

/** The first hostile call of a strand: of its whole hand, whatever the tool, where all of that is hostile. */
async function firstOf(connection: Connection, strand: Strand): Promise<NamedCall | null> {
  const of = strand.hostile_from === null ? 'strand = $strand' : 'root = $root AND source_net = $net';
  const [call] = await connection.rows<NamedCall>(
    `SELECT 'cloudtrail' AS source, file_id AS "fileId", record_no AS "recordNo", event_id AS "eventId", event_time AS time, principal, session_key AS credential, source_ip AS ip, event_name AS name
     FROM strand_calls WHERE ${of} AND event_time >= CAST($begin AS TIMESTAMP) ORDER BY event_time, file_id, record_no LIMIT 1`,
    strand.hostile_from === null
      ? { strand: strand.strand, begin: strand.begin_time }
      : { root: strand.root, net: strand.source_net, begin: strand.begin_time },
  );
  return call ?? null;
}
