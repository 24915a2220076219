import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCaseDatabase } from '../../../src/main/evidence/views';
import { hitsOf } from '../../../src/main/indicators/hits';
import { importList, loadLists, removeList } from '../../../src/main/indicators/store';
import { investigateEntity } from '../../../src/main/investigation/investigate/index';
import { analyseCase } from '../../../src/main/pipeline/analyse-case';
import { recordsOf } from '../../../src/renderer/views/indicators/hits';
import type { RequestOf } from '../../../src/shared/contract/index';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

let sample: SampleCase;
let address: string;
let peer: string;
beforeAll(async () => {
  sample = await openSampleCase();
  const found = await sample.database.ask(({ connection }) =>
    connection.row<{ address: string; peer: string }>(
      `SELECT (SELECT source_ip FROM calls WHERE ip_class = 'public' GROUP BY source_ip ORDER BY count(*) DESC, source_ip LIMIT 1) AS address,
              (SELECT peer_addr FROM flow_activity WHERE accepted > 0 AND NOT contains(peer_addr, ':') GROUP BY peer_addr ORDER BY sum(accepted) DESC, peer_addr LIMIT 1) AS peer`,
    ),
  );
  address = found.address;
  peer = found.peer;
  const list = join(sample.folder, 'list.txt');
  await writeFile(
    list,
    `${address} # known\n${peer}/32\nuser-agent: aws-cli\n203.0.113.99\nAKIAIOSFODNN7NOTHERE\n`,
  );
  await importList(sample.caseFolder, list, '2025-01-01T00:00:00.000Z');
});
afterAll(() => sample.close());

const ask = <T extends object>(sql: string, params: Record<string, string> = {}) =>
  sample.database.ask(({ connection }) => connection.row<T>(sql, params));

describe('the sweep', () => {
  it('counts each hit as the records do, and finds nothing that is not there', async () => {
    const lists = await loadLists(sample.caseFolder);
    const hits = await sample.database.ask(({ connection }) => hitsOf(connection, lists));
    const of = (value: string, source: string) =>
      hits.filter((h) => h.value === value && h.source === source);
    const calls = await ask<{ n: number }>('SELECT count(*) AS n FROM calls WHERE source_ip = $address', {
      address,
    });
    expect(of(address, 'cloudtrail').map((h) => h.records)).toEqual([calls.n]);
    expect(of(address, 'cloudtrail')[0]).toMatchObject({
      label: 'known',
      list: 'list.txt',
      place: 'source_ip',
    });
    const flows = await ask<{ n: number }>(
      'SELECT CAST(sum(accepted + rejected) AS BIGINT) AS n FROM flow_activity WHERE peer_addr = $peer',
      { peer },
    );
    expect(
      of(`${peer}/32`, 'vpc-flow')
        .filter((h) => h.place === 'peer_addr')
        .map((h) => h.records),
    ).toEqual([flows.n]);
    const agents = await ask<{ n: number }>(
      "SELECT count(*) AS n FROM calls WHERE regexp_matches(lower(user_agent), '(^| )aws-cli(/| |$)')",
    );
    const found = hits.filter((h) => h.value === 'aws-cli' && h.source === 'cloudtrail');
    expect(found.reduce((sum, h) => sum + h.records, 0)).toBe(agents.n);
    expect(hits.map((h) => h.value)).not.toContain('203.0.113.99');
    expect(hits.map((h) => h.value)).not.toContain('AKIAIOSFODNN7NOTHERE');
  });

  it('shows the window the lists and hits, and as many records behind a hit as it says', async () => {
    const { lists, hits, total } = await sample.call('indicators/list', null);
    expect(lists).toMatchObject([{ name: 'list.txt', format: 'text', indicators: 5, skippedTotal: 0 }]);
    expect(hits.length).toBe(total);
    const page = { offset: 0, limit: 1 };
    const counted = [];
    for (const hit of hits) {
      const list = recordsOf(hit);
      // A tool is no entity by its whole name: the window searches for it.
      expect(list === null).toBe(hit.type === 'userAgent');
      if (list === null) continue;
      const { total: records } = await sample.call('entity/records', {
        ...(list.request as RequestOf<'entity/records'>),
        page,
      });
      counted.push(hit.source);
      expect([hit.seen, hit.source, records]).toEqual([hit.seen, hit.source, hit.records]);
    }
    expect(new Set(counted)).toEqual(new Set(['cloudtrail', 'vpc-flow']));
  });

  it('becomes findings and flagged addresses at the next analysis', async () => {
    await analyseCase({ caseFolder: sample.caseFolder, baselineDays: 5 });
    const database = await openCaseDatabase(sample.caseFolder);
    try {
      const rows = await database.main.rows<{ rule_id: string; description: string; n: number }>(
        "SELECT rule_id, description, event_count AS n FROM findings WHERE rule_id IN ('ioc-001', 'ioc-002') ORDER BY rule_id",
      );
      expect(new Set(rows.map((r) => r.rule_id))).toEqual(new Set(['ioc-001', 'ioc-002']));
      expect(rows.some((r) => r.description.includes(`${address} of list.txt (known)`))).toBe(true);
      const report = await investigateEntity(database.main, {
        entity: { type: 'address', id: address },
        scope: null,
      });
      expect(
        report.indicators.filter((i) => i.type === 'FLAGGED_IP_ADDRESS').map((i) => i.detail['Reason']),
      ).toContain('IMPORTED_INDICATOR');
    } finally {
      database.close();
    }
  });

  it('forgets a list that is taken out', async () => {
    await removeList(sample.caseFolder, 'list.txt');
    expect(await loadLists(sample.caseFolder)).toEqual([]);
    await expect(removeList(sample.caseFolder, 'list.txt')).rejects.toThrow('no list');
  });
});
