import { BlockList } from 'node:net';
import type { Connection } from '../db/database';
import { runScript } from '../db/script';
import addressSql from './address-values.sql?raw';
import agentSql from './agent-values.sql?raw';
import domainSql from './domain-values.sql?raw';
import hashSql from './hash-values.sql?raw';
import { type IndicatorType, rangeOf } from './indicator';
import nameSql from './name-values.sql?raw';
import type { IndicatorList } from './store';

/** Which statements look for which types; what no list holds is not looked for. */
const SCRIPTS: readonly (readonly [types: readonly IndicatorType[], script: string])[] = [
  [['address', 'network'], addressSql],
  [['accessKey', 'arn'], nameSql],
  [['domain'], domainSql],
  [['userAgent'], agentSql],
  [['hash'], hashSql],
];
const COLUMNS =
  '[{"indicator":"INTEGER","type":"VARCHAR","value":"VARCHAR","label":"VARCHAR","severity":"VARCHAR","list":"VARCHAR","first_address":"BIGINT","last_address":"BIGINT"}]';

/**
 * Fills `indicators` and `indicator_hits` (evidence/derived.sql), which are there and empty, from the lists of a case: one
 * look at the distinct values of each kind, not one at each record.
 */
export async function sweep(connection: Connection, lists: readonly IndicatorList[]): Promise<void> {
  const rows = lists
    .flatMap((list) => list.indicators.map((indicator) => ({ ...indicator, list: list.name })))
    .map((indicator, at) => {
      const range = indicator.type === 'network' ? rangeOf(indicator.value) : null;
      return {
        ...indicator,
        indicator: at + 1,
        first_address: range?.first ?? null,
        last_address: range?.last ?? null,
      };
    });
  if (rows.length === 0) return;
  await connection.run(
    `INSERT INTO indicators BY NAME SELECT unnest(from_json($rows, '${COLUMNS}'), recursive := true)`,
    { rows: JSON.stringify(rows) },
  );
  const types = new Set(rows.map((row) => row.type));
  for (const [wanted, script] of SCRIPTS) {
    if (!wanted.some((type) => types.has(type))) continue;
    await runScript(connection, script);
    if (wanted.includes('network'))
      await sweepWideNetworks(
        connection,
        rows.filter((row) => row.type === 'network' && row.value.includes(':')),
      );
  }
  await connection.run('DROP TABLE IF EXISTS seen_values');
}

/** IPv6 networks: the engine has no integers for them, and there are few. */
async function sweepWideNetworks(
  connection: Connection,
  networks: readonly { readonly indicator: number; readonly value: string }[],
): Promise<void> {
  if (networks.length === 0) return;
  const seen = await connection.rows<{ seen: string }>(
    "SELECT DISTINCT seen FROM seen_values WHERE contains(seen, ':') ORDER BY seen",
  );
  const hits: { indicator: number; seen: string }[] = [];
  for (const { indicator, value } of networks) {
    const [address = '', bits = ''] = value.split('/');
    const block = new BlockList();
    block.addSubnet(address, Number(bits), 'ipv6');
    for (const row of seen) if (block.check(row.seen, 'ipv6')) hits.push({ indicator, seen: row.seen });
  }
  await connection.run(
    `INSERT INTO indicator_hits BY NAME SELECT h.indicator, s.* FROM seen_values s JOIN (
       SELECT unnest(from_json($hits, '[{"indicator":"INTEGER","seen":"VARCHAR"}]'), recursive := true)) h USING (seen)`,
    { hits: JSON.stringify(hits) },
  );
}
