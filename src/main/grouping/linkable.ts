import type { HandStanding } from '../../shared/model/hand';
import type { Connection } from '../db/database';
import lineageLinksSql from './lineage-links.sql?raw';
import linkablesSql from './linkables.sql?raw';

/** A root credential used from a network. */
export interface Hand {
  readonly key: string;
  readonly root: string;
  readonly net: string;
  readonly standing: HandStanding;
  readonly netStanding: HandStanding;
  /** Root credentials seen on the network in the whole bundle. */
  readonly netRoots: number;
  /** Root credentials seen behind the principal in the whole bundle. */
  readonly principalRoots: number;
}

/** A finding as grouping sees it; `hour` is its first record in hours since the epoch. */
export interface Linkable {
  readonly id: string;
  readonly hour: number;
  /** 0 informational to 4 critical. */
  readonly severity: number;
  readonly kind: string;
  /** Its calls came by a tool that the credential took up shortly before, after an hour or more without it. */
  readonly newTool: boolean;
  /** The hand most of its records come from. */
  readonly hand: Hand | null;
  readonly sessions: ReadonlySet<string>;
  readonly roots: ReadonlySet<string>;
  readonly principals: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
  readonly networks: ReadonlySet<string>;
  readonly instances: ReadonlySet<string>;
  readonly shared: ReadonlySet<string>;
  /** `<type> <id>` of what it acted on. */
  readonly targets: ReadonlySet<string>;
}

/** A finding with an issuing, granting or controlling call, and one of what came of it. */
export interface LineageLink {
  readonly a: string;
  readonly b: string;
  readonly kind: string;
  readonly child: string;
}

/** Findings whose hand took up the tool it used no more than ten minutes before. */
const NEW_TOOLS = `
  WITH tools AS (
    SELECT coalesce(k.root, a.session_key) AS root, a.ua_family, min(a.first_time) AS first_used FROM activity a LEFT JOIN credentials k USING (session_key) GROUP BY ALL
  ), begins AS (
    SELECT root, min(first_used) AS first_seen FROM tools GROUP BY root
  )
  SELECT DISTINCT f.finding_id AS id FROM (SELECT finding_id, root, ua_family, min(event_time) AS first_time FROM finding_calls WHERE ua_family IS NOT NULL GROUP BY ALL) f
  JOIN tools t USING (root, ua_family) JOIN begins b USING (root)
  WHERE t.first_used >= f.first_time - INTERVAL 10 MINUTE AND t.first_used >= b.first_seen + INTERVAL 1 HOUR`;

interface FindingRow {
  readonly id: string;
  readonly hour: number;
  readonly severity: number;
  readonly kind: string;
}

type HandRow = Hand & { readonly id: string };

const FINDINGS = `
  SELECT finding_id AS id, epoch(first_time) / 3600.0 AS hour, kind,
    list_position(['informational', 'low', 'medium', 'high', 'critical'], severity) - 1 AS severity
  FROM findings ORDER BY first_time, finding_id`;
const HANDS = `
  SELECT f.finding_id AS id, f.root || ' ' || f.net AS key, f.root, f.net, h.standing, h.net_standing AS "netStanding",
    h.net_roots AS "netRoots", h.principal_roots AS "principalRoots"
  FROM finding_hands f JOIN hands h USING (root, net)
  QUALIFY row_number() OVER (PARTITION BY f.finding_id ORDER BY f.n DESC, h.standing = 'novel' DESC, f.root, f.net) = 1`;
const LISTS = {
  session: 'sessions',
  root: 'roots',
  principal: 'principals',
  address: 'addresses',
  network: 'networks',
  instance: 'instances',
  shared: 'shared',
  target: 'targets',
} as const;
/** A finding that names more of one kind is too general to bind through it. */
const MOST = 40;

/** Findings in time order with what they name, and the lineage links between them; reads the tables of hands.ts. */
export async function loadLinkables(
  connection: Connection,
): Promise<{ findings: Linkable[]; lineage: LineageLink[] }> {
  const rows = await connection.rows<FindingRow>(FINDINGS);
  const hands = new Map((await connection.rows<HandRow>(HANDS)).map((row) => [row.id, row]));
  const newTools = new Set((await connection.rows<{ id: string }>(NEW_TOOLS)).map(({ id }) => id));
  const things = new Map<string, Record<string, Set<string>>>();
  for (const { id, kind, thing } of await connection.rows<{
    id: string;
    kind: keyof typeof LISTS;
    thing: string;
  }>(`${linkablesSql} ORDER BY ALL`)) {
    const lists = things.get(id) ?? {};
    const list = (lists[LISTS[kind]] ??= new Set());
    if (list.size < MOST) list.add(thing);
    things.set(id, lists);
  }
  const empty = Object.fromEntries(
    Object.values(LISTS).map((name) => [name, new Set<string>()]),
  ) as unknown as Record<(typeof LISTS)[keyof typeof LISTS], Set<string>>;
  const findings = rows.map((row) =>
    ofThief({
      ...row,
      newTool: newTools.has(row.id),
      hand: hands.get(row.id) ?? null,
      ...empty,
      ...things.get(row.id),
    }),
  );
  return { findings, lineage: await connection.rows<LineageLink>(`${lineageLinksSql} ORDER BY ALL`) };
}

/** A finding about a thief and the owner, two sign-ins far apart for one, is tied by the places of the thief alone. */
function ofThief(finding: Linkable): Linkable {
  const { hand, networks, addresses } = finding;
  if (hand?.standing !== 'novel' || networks.size < 2 || !hand.net.endsWith('.0/24')) return finding;
  const prefix = hand.net.replace(/0\/24$/, '');
  return {
    ...finding,
    networks: new Set([hand.net]),
    addresses: new Set([...addresses].filter((address) => address.startsWith(prefix))),
  };
}
