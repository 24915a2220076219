import type { CitedText } from '../../shared/model/exhibit';
import type { Connection } from '../db/database';
import { actionOf, permissionsOf, type Permissions } from '../permissions';
import type { ExhibitBook } from './exhibits';
import { day, groupBy, listed, nameOf } from './words';

/** Calls of one principal that succeeded, by API. */
export interface DoneCall {
  readonly eventSource: string;
  readonly eventName: string;
}

const PRINCIPALS = 4;
const NAMED = { policies: 4, actions: 12, services: 8, each: 3, missing: 3 } as const;
const LEFT_OUT =
  'Not evaluated: service and resource control policies, policies of resources, session policies, values of conditions, and roles that it may assume next.';

/** Did versus could, for the users and roles behind the records of an incident that the bundle describes. */
export async function tellCould(
  connection: Connection,
  incidentId: string,
  book: ExhibitBook,
): Promise<CitedText[]> {
  const rows = await connection.rows<DoneCall & { readonly principal: string }>(
    `WITH done AS (
       SELECT c.principal, c.event_source, c.event_name, count(*) AS n
       FROM (SELECT DISTINCT file_id, record_no FROM incident_events WHERE incident_id = $id AND source = 'cloudtrail') JOIN calls c USING (file_id, record_no)
       WHERE c.principal_type IN ('user', 'role') AND NOT c.is_service AND c.error_code IS NULL
       GROUP BY ALL)
     SELECT principal, event_source AS "eventSource", event_name AS "eventName"
     FROM done JOIN (SELECT principal, sum(n) AS total FROM done GROUP BY principal) USING (principal)
     ORDER BY total DESC, principal, event_source, event_name`,
    { id: incidentId },
  );
  const out: CitedText[] = [];
  for (const principal of [...new Set(rows.map((r) => r.principal))].slice(0, PRINCIPALS)) {
    const permissions = await permissionsOf(connection, principal);
    if (permissions)
      out.push(
        ...(await couldOf(
          permissions,
          rows.filter((r) => r.principal === principal),
          'in this incident',
          book,
        )),
      );
  }
  return out;
}

/** What the policies of a principal allow, beside what it did: sentences that cite the descriptions. */
export async function couldOf(
  permissions: Permissions,
  done: readonly DoneCall[],
  where: string,
  book: ExhibitBook,
): Promise<CitedText[]> {
  const { arn, file, asOf, policies, actions, boundary, missing, place } = permissions;
  const used = new Set(done.map((call) => actionOf(call.eventSource, call.eventName)));
  const of = (state: 'allowed' | 'conditional', isUsed: boolean) =>
    actions.filter((a) => a.decision.state === state && used.has(a.action) === isUsed);
  const names = (some: typeof actions) => listed(some.map(nameOfAction), NAMED.actions);
  const places = [
    place,
    ...new Map(
      policies.map((p) => [`${p.place.source} ${p.place.fileId} ${p.place.recordNo}`, p.place]),
    ).values(),
  ];
  const cited = await book.cite(
    places
      .filter(
        (p, i) =>
          i === 0 || p.source !== place.source || p.fileId !== place.fileId || p.recordNo !== place.recordNo,
      )
      .slice(0, NAMED.policies + 1)
      .map((p) => ({ ...p, eventId: null })),
  );
  const held =
    policies.length === 0
      ? 'no policy'
      : listed(
          policies.map((p) => nameOf(p.name)),
          NAMED.policies,
        );
  const both = [...of('allowed', true), ...of('conditional', true)];
  const parts = [
    `As of ${day(asOf)} (${file}), ${nameOf(arn)} holds ${held}, which allow ${actions.length === 0 ? 'none' : actions.length} of the actions of high impact.`,
    both.length === 0 ? '' : `Used ${where}: ${names(both)}.`,
    of('allowed', false).length === 0 ? '' : `Allowed and not seen: ${byUse(of('allowed', false))}.`,
    of('conditional', false).length === 0 ? '' : `Under a condition: ${names(of('conditional', false))}.`,
  ];
  return [
    { text: parts.filter((p) => p !== '').join(' '), exhibits: cited },
    {
      text: `${servicesText(permissions, used, where)} ${beyondText(permissions, used)}${limitsText(boundary, missing)}${LEFT_OUT}`,
      exhibits: cited,
    },
  ];
}

/** Actions by what they are good for, the first of each by name. */
function byUse(actions: Permissions['actions']): string {
  const uses = groupBy(actions, ({ use }) => use);
  return [...uses].map(([use, some]) => `${use} (${listed(some.map(nameOfAction), NAMED.each)})`).join(', ');
}

const nameOfAction = ({ action, decision }: Permissions['actions'][number]) =>
  `${action}${decision.limited ? ' (limited)' : ''}`;

/** Calls that succeeded and that nothing evaluated here allows: the policies were others then, or a resource's own allowed them. */
function beyondText(permissions: Permissions, used: ReadonlySet<string>): string {
  const beyond = [...used].filter((action) => permissions.decide(action).state === 'denied').sort();
  return beyond.length === 0
    ? ''
    : `Used though these policies do not allow it: ${listed(beyond, NAMED.services)}; they have changed since, or a policy that is not evaluated allowed it. `;
}

function servicesText({ arn, services }: Permissions, used: ReadonlySet<string>, where: string): string {
  const did = [...new Set([...used].map((action) => action.split(':')[0] ?? ''))].sort();
  const could = services.includes('*')
    ? 'every service'
    : services.length === 0
      ? 'no service'
      : `${services.length} services (${listed(services, NAMED.services)})`;
  return `${nameOf(arn)} may reach ${could}; ${where} it used ${did.length === 0 ? 'none' : listed(did, NAMED.services)}.`;
}

function limitsText(boundary: Permissions['boundary'], missing: readonly string[]): string {
  const bound =
    boundary === null
      ? ''
      : boundary.evaluated
        ? `The permissions boundary ${nameOf(boundary.arn)} is taken into account. `
        : `The permissions boundary ${nameOf(boundary.arn)} is not in the bundle and is not evaluated. `;
  const gone =
    missing.length === 0
      ? ''
      : `Without a document in the bundle: ${listed(missing.map(nameOf), NAMED.missing)}. `;
  return bound + gone;
}
