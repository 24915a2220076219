import type { Connection } from '../db/database';
import { isObject } from '../evidence/originals/json-object';
import { HIGH_IMPACT } from './actions';
import { decide, type Decision, type HeldPolicy } from './evaluate';
import { statementsOf, type Statement } from './policy';

export { actionOf } from './used';

interface Place {
  readonly source: string;
  readonly fileId: number;
  readonly recordNo: number;
}

/** What a user or role may do, by an answer of GetAccountAuthorizationDetails in the bundle. */
export interface Permissions {
  readonly arn: string;
  /** Its description. */
  readonly place: Place;
  /** Name of the file, and when it was last changed. */
  readonly file: string;
  readonly asOf: string;
  /** Policies that were evaluated. */
  readonly policies: readonly HeldPolicy[];
  /** Names of policies and groups that are named and whose document is not in the bundle. */
  readonly missing: readonly string[];
  readonly boundary: { readonly arn: string; readonly evaluated: boolean } | null;
  /** Actions of high impact that are not denied, in the order of actions.ts. */
  readonly actions: readonly { readonly action: string; readonly use: string; readonly decision: Decision }[];
  /** Prefixes of services with an Allow; `*` alone when a policy allows every service. */
  readonly services: readonly string[];
  decide(action: string): Decision;
}

interface PrincipalRow {
  readonly kind: string;
  readonly arn: string;
  readonly groups: string | null;
  readonly inline: string | null;
  readonly attached: string | null;
  readonly boundary: string | null;
  readonly accountId: string | null;
  readonly fileId: number;
  readonly recordNo: number;
  readonly file: string;
  readonly asOf: string;
}

const COLUMNS = `kind, arn, CAST(groups AS VARCHAR) AS groups, CAST(inline_policies AS VARCHAR) AS inline, CAST(attached_policies AS VARCHAR) AS attached,
  permissions_boundary AS boundary, account_id AS "accountId", p.file_id AS "fileId", record_no AS "recordNo", f.name AS file, f.modified AS "asOf"`;
const LATEST = 'ORDER BY f.modified DESC, p.file_id DESC, record_no DESC LIMIT 1';

/** The permissions of a user or role by its ARN; null when no description with policies is in the bundle. */
export async function permissionsOf(connection: Connection, arn: string): Promise<Permissions | null> {
  const [row] = await connection.rows<PrincipalRow>(
    `SELECT ${COLUMNS} FROM iam_principals p JOIN files f USING (file_id)
     WHERE arn = $arn AND (inline_policies IS NOT NULL OR attached_policies IS NOT NULL) ${LATEST}`,
    { arn },
  );
  if (!row) return null;
  const held: HeldPolicy[] = [];
  const missing: string[] = [];
  for (const holder of [row, ...(await groupsOf(connection, row, missing))])
    await collect(connection, holder, held, missing);
  const boundary = row.boundary === null ? null : await documentOf(connection, row.boundary);
  const decideOne = (action: string) => decide(action, held, boundary?.statements ?? null);
  return {
    arn,
    place: placeOf(row),
    file: row.file,
    asOf: row.asOf,
    policies: held,
    missing,
    boundary: row.boundary === null ? null : { arn: row.boundary, evaluated: boundary !== null },
    actions: HIGH_IMPACT.map(([action, use]) => ({ action, use, decision: decideOne(action) })).filter(
      ({ decision }) => decision.state !== 'denied',
    ),
    services: servicesOf(held, boundary?.statements ?? null),
    decide: decideOne,
  };
}

const placeOf = ({ fileId, recordNo }: PrincipalRow): Place => ({
  source: 'iam-principal',
  fileId,
  recordNo,
});

/** The descriptions of the groups of a user. */
async function groupsOf(
  connection: Connection,
  row: PrincipalRow,
  missing: string[],
): Promise<PrincipalRow[]> {
  const out: PrincipalRow[] = [];
  for (const name of jsonList(row.groups)) {
    const [group] = await connection.rows<PrincipalRow>(
      `SELECT ${COLUMNS} FROM iam_principals p JOIN files f USING (file_id) WHERE kind = 'group' AND p.name = $name AND account_id IS NOT DISTINCT FROM $account ${LATEST}`,
      { name: String(name), account: row.accountId },
    );
    if (group) out.push(group);
    else missing.push(`group ${String(name)}`);
  }
  return out;
}

async function collect(
  connection: Connection,
  holder: PrincipalRow,
  held: HeldPolicy[],
  missing: string[],
): Promise<void> {
  for (const one of jsonList(holder.inline)) {
    if (!isObject(one)) continue;
    const name = String(one['PolicyName']);
    const statements = statementsOf(one['PolicyDocument']);
    if (statements) held.push({ name, statements, place: placeOf(holder) });
    else missing.push(name);
  }
  for (const one of jsonList(holder.attached)) {
    if (!isObject(one)) continue;
    const arn = String(one['PolicyArn']);
    if (held.some(({ name }) => name === arn)) continue;
    const policy = await documentOf(connection, arn);
    if (policy) held.push({ name: arn, ...policy });
    else missing.push(arn);
  }
}

async function documentOf(
  connection: Connection,
  arn: string,
): Promise<{ statements: readonly Statement[]; place: Place } | null> {
  const [row] = await connection.rows<{ document: string; fileId: number; recordNo: number }>(
    `SELECT CAST(document AS VARCHAR) AS document, p.file_id AS "fileId", record_no AS "recordNo" FROM iam_policies p JOIN files f USING (file_id)
     WHERE arn = $arn AND document IS NOT NULL ${LATEST}`,
    { arn },
  );
  const statements = row ? statementsOf(parsed(row.document)) : null;
  return row && statements
    ? { statements, place: { source: 'iam-policy', fileId: row.fileId, recordNo: row.recordNo } }
    : null;
}

function servicesOf(held: readonly HeldPolicy[], boundary: readonly Statement[] | null): readonly string[] {
  const named = (statements: readonly Statement[]) => [
    ...new Set(statements.filter((s) => s.effect === 'Allow').flatMap((s) => s.services)),
  ];
  const own = named(held.flatMap(({ statements }) => statements));
  const bound = boundary === null ? ['*'] : named(boundary);
  const both = own.includes('*') ? bound : bound.includes('*') ? own : own.filter((s) => bound.includes(s));
  return both.includes('*') ? ['*'] : both.sort();
}

function jsonList(text: string | null): readonly unknown[] {
  const value = text === null ? [] : parsed(text);
  return Array.isArray(value) ? value : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
