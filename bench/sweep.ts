import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Database } from '../src/main/db/database';
import { quotedString } from '../src/main/db/sql';
import activitySql from '../src/main/entities/activity.sql?raw';
import { attachEvidence, createDerivedTables } from '../src/main/evidence/views';
import { CaseFolder } from '../src/main/case/case-folder';
import { hitsOf } from '../src/main/indicators/hits';
import { readList } from '../src/main/indicators/read-list';

/**
 * Looking for indicators in resolved records: addresses, networks, user agents, keys, ARNs, domains and hashes. Half of
 * them are in the records, so that hits are made, too. Made records; calls, activity and entities lie in Parquet as in a
 * case. Two threads. It prints; it never fails for being slow: a shared machine is no judge.
 *
 *   npm run bench -- sweep [--events 10000000] [--indicators 10000]
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '10000000' },
    indicators: { type: 'string', default: '10000' },
  },
});
const events = Number(values.events);
const wanted = Number(values.indicators);
const folder = mkdtempSync(join(tmpdir(), 'coldtrail-bench-'));
const ADDRESSES = 200_000;
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** A call in a month, by one of 200,000 addresses, 5,000 user agents, 20,000 keys and 5,000 principals. */
const CALLS = `SELECT CAST(i % 3000 AS INTEGER) AS file_id, CAST(i AS INTEGER) AS record_no, TIMESTAMP '2025-05-01' + to_microseconds(i * 259200) AS event_time, uuid() AS event_id,
  '111122223333' AS account_id, 'us-east-1' AS aws_region, 'ec2.amazonaws.com' AS event_source, 'Describe' || (i % 300) AS event_name, CASE WHEN i % 50 = 0 THEN 'AccessDenied' END AS error_code,
  'arn:aws:iam::111122223333:role/role-' || (hash(i) % 5000) AS principal, 'role' AS principal_type, 'ASIA' || lpad(CAST(hash(i + 1) % 20000 AS VARCHAR), 16, '0') AS session_key, 'ASIA' || lpad(CAST(hash(i + 1) % 20000 AS VARCHAR), 16, '0') AS access_key_id,
  '10.' || (a // 65536) || '.' || (a // 256 % 256) || '.' || (a % 256) AS source_ip, '10.' || (a // 65536) || '.' || (a // 256 % 256) || '.0/24' AS source_net,
  'aws-cli/2.' || (hash(i + 2) % 5000) || ' Python/3.11 Linux/5.10' AS user_agent, 'aws-cli linux' AS ua_family, false AS is_service
FROM (SELECT i, hash(i + 3) % ${ADDRESSES} AS a FROM range(${events}) t(i))`;

function list(): string {
  const each = Math.floor(wanted / 10);
  const many = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => line(i));
  return [
    ...many(each * 4, (i) => `${i % 2 === 0 ? 10 : 203}.${(i >> 8) % 3}.${(i >> 4) % 256}.${i % 256}`),
    ...many(each, (i) => `${i % 2 === 0 ? 10 : 198}.${(i >> 8) % 3}.${i % 256}.0/28`),
    ...many(each, (i) => `user-agent: aws-cli/2.${i * 11}`),
    ...many(each, (i) => `ASIA${String(i * 37).padStart(16, '0')}`),
    ...many(each, (i) => `arn:aws:iam::111122223333:role/role-${i * 9}`),
    ...many(each, (i) => `host-${i}.example`),
    ...many(each, (i) => i.toString(16).padStart(64, '0')),
  ].join('\n');
}

try {
  const caseFolder = await CaseFolder.create(join(folder, 'case'), 'bench');
  const database = await Database.open({ threads: 2, tempDirectory: folder });
  const { main } = database;
  await attachEvidence(main, caseFolder);
  await createDerivedTables(main);
  const parquet = async (table: string, select: string) => {
    const file = quotedString(join(folder, `${table}.parquet`));
    await main.run(`COPY (${select}) TO ${file} (FORMAT parquet, COMPRESSION zstd)`);
    await main.run(
      `DROP TABLE IF EXISTS ${table}; CREATE OR REPLACE VIEW ${table} AS FROM read_parquet(${file})`,
    );
  };
  await parquet('calls', CALLS);
  await main.run('DROP TABLE activity');
  await main.run(activitySql);
  await parquet('activity', 'SELECT * FROM activity');
  await parquet(
    'entities',
    `SELECT 'role' AS entity_type, principal AS entity_id, account_id, principal AS label, min(event_time) AS first_seen, max(event_time) AS last_seen, count(*) AS events, count(error_code) AS failures FROM calls GROUP BY ALL
     UNION ALL SELECT 'accessKey', access_key_id, account_id, access_key_id, min(event_time), max(event_time), count(*), count(error_code) FROM calls GROUP BY ALL`,
  );
  const began = performance.now();
  const parsed = readList(list(), 'bench.txt');
  const read = performance.now();
  const before = cpuSeconds();
  const hits = await hitsOf(main, [{ name: 'bench.txt', importedAt: '', sha256: '', ...parsed }]);
  const ended = performance.now();
  const cpu = cpuSeconds() - before;
  const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(2);
  console.log(
    `  ${parsed.indicators.length} indicators over ${events.toLocaleString('en-US')} calls: list read in ${seconds(began, read)} s, swept in ${seconds(read, ended)} s (${cpu.toFixed(2)} CPU seconds), ${hits.length} hits`,
  );
  database.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
