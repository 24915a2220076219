import type { RequestOf, ResponseOf } from '../../shared/contract/index';
import { COMPARED, type Compared } from '../../shared/contract/compare';
import type { Connection, Params } from '../db/database';
import { callsOf } from '../entities/calls-of';
import type { QueryHandlers } from './handlers';
import { Panel } from './panel';
import { recordsPage } from './records-page';

type Side = RequestOf<'compare/run'>['a'];

/** Values of a dimension that are listed: those that differ most come first. */
const LISTED = 300;

const VALUES: Readonly<Record<Compared, string>> = {
  api: "concat(event_source, ':', event_name)",
  service: 'event_source',
  principal: 'principal',
  address: 'source_ip',
  network: 'source_net',
  userAgent: 'ua_family',
  region: 'aws_region',
  account: 'account_id',
  credential: 'session_key',
  error: "coalesce(error_code, 'success')",
};

/** Two windows or two entities side by side. The records are calls; flow and other logs are not compared. */
export const compareQueries: QueryHandlers<'compare/run' | 'compare/records'> = {
  'compare/run': async ({ connection }, { a, b }) => {
    const sides = { a: await sideOf(connection, a, 'a'), b: await sideOf(connection, b, 'b') };
    const params = { ...sides.a.params, ...sides.b.params };
    const totals = await new Panel(
      `SELECT (SELECT count(*) FROM calls WHERE ${sides.a.where}) AS a, (SELECT count(*) FROM calls WHERE ${sides.b.where}) AS b`,
      params,
    ).row<{ a: number; b: number }>(connection);
    const dimensions: ResponseOf<'compare/run'>['dimensions'] = [];
    for (const id of COMPARED) {
      const panel = dimensionPanel(id, { a: sides.a.where, b: sides.b.where }, params);
      const rows = await panel.rows<Row>(connection);
      const [first] = rows;
      dimensions.push({
        id,
        onlyA: first?.onlyA ?? 0,
        onlyB: first?.onlyB ?? 0,
        both: first?.both ?? 0,
        more: Math.max(0, (first?.total ?? 0) - rows.length),
        rows: rows.map(({ value, a: n, b: m }) => ({ value, a: n, b: m })),
        sql: panel.shown,
      });
    }
    return { totals, dimensions };
  },
  'compare/records': async ({ connection }, { side, dimension, value, page }) => {
    const { where, params } = await sideOf(connection, side, 'a');
    const keys = `SELECT 'cloudtrail' AS source, file_id, record_no, event_time FROM calls WHERE ${where} AND ${VALUES[dimension]} = $value`;
    return recordsPage(connection, keys, { ...params, value }, page);
  },
};

interface Row {
  readonly value: string;
  readonly a: number;
  readonly b: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly both: number;
  readonly total: number;
}

/** Each value with its calls on both sides; the counts of values are of all of them, not of those listed. */
function dimensionPanel(
  id: Compared,
  where: { readonly a: string; readonly b: string },
  params: Params,
): Panel {
  return new Panel(
    `SELECT value, a, b,
  count(*) FILTER (b = 0) OVER () AS "onlyA", count(*) FILTER (a = 0) OVER () AS "onlyB",
  count(*) FILTER (a > 0 AND b > 0) OVER () AS "both", count(*) OVER () AS total
FROM (
  SELECT ${VALUES[id]} AS value, count(*) FILTER (${where.a}) AS a, count(*) FILTER (${where.b}) AS b
  FROM calls WHERE (${where.a}) OR (${where.b}) GROUP BY ALL
)
WHERE value IS NOT NULL AND a + b > 0
ORDER BY (a = 0 OR b = 0) DESC, abs(ln((a + 0.5) / (b + 0.5))) DESC, a + b DESC, value LIMIT ${LISTED}`,
    params,
  );
}

/** SQL over `calls` for one side, with values of names of its own so that both fit into one statement. */
async function sideOf(
  connection: Connection,
  { entity, scope }: Side,
  name: 'a' | 'b',
): Promise<{ where: string; params: Params }> {
  const own = entity === null ? 'true' : (await callsOf(connection, entity)).replaceAll('$id', `$${name}Id`);
  const time =
    scope === null
      ? 'true'
      : `event_time BETWEEN CAST($${name}From AS TIMESTAMP) AND CAST($${name}To AS TIMESTAMP)`;
  return {
    where: `((${own}) AND ${time})`,
    params: {
      ...(entity === null ? {} : { [`${name}Id`]: entity.id }),
      ...(scope === null ? {} : { [`${name}From`]: scope.from, [`${name}To`]: scope.to }),
    },
  };
}
