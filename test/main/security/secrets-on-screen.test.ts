import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestOf } from '../../../src/shared/contract/index';
import { parseLog, readLog } from '../../../src/main/custody/action-log';
import { runUserSql } from '../../../src/main/evidence/user-sql';
import { dispatch } from '../../../src/main/queries/dispatch';
import type { Handlers } from '../../../src/main/queries/handlers';
import type { QueryCall } from '../../../src/main/queries/index';
import { EXPORT_FORMATS } from '../../../src/main/exports/export-case';
import { buildReport } from '../../../src/main/report/build';
import { revealHandlers } from '../../../src/main/shell/handlers/reveal-handlers';
import { exported, NOW } from '../exports/exported';
import { caseOf, type SampleCase } from '../queries/sample-case';
import { everyQuestion } from './every-question';
import { SECRETS, writeSecretBundle } from './secret-bundle';

let opened: SampleCase;
let kinds: { readonly kind: string; readonly table: string }[];
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'coldtrail-secrets-'));
  await writeSecretBundle(join(folder, 'bundle'));
  const line = { ts: 1714557600, user: 'mallory', password: SECRETS.password, token: SECRETS.sessionToken };
  await writeFile(join(folder, 'bundle', 'tool.log'), `${JSON.stringify(line)}\n`);
  opened = await caseOf(folder, join(folder, 'bundle'), 14);
  kinds = [
    { kind: 'cloudtrail', table: 'events' },
    { kind: 'k8s-audit', table: 'k8s_audit' },
    { kind: 'waf', table: 'waf_requests' },
    { kind: 's3-access', table: 's3_access' },
    { kind: 'cloudfront', table: 'cloudfront_access' },
  ];
});
afterAll(() => opened.close());

/** Forms in which a secret stands in JSON, in JSON inside JSON, and as it is; and its telling half. */
function leaks(answer: unknown): string[] {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return Object.entries(SECRETS).flatMap(([name, secret]) => {
    const half = secret.slice(0, Math.ceil(secret.length / 2)).replace(/["\\].*/, '');
    return text.includes(half) ? [name] : [];
  });
}

const page = { offset: 0, limit: 200 };
const entity = { type: 'user', id: 'arn:aws:iam::111122223333:user/mallory' } as const;

async function places(): Promise<{ kind: string; fileId: number; recordNo: number }[]> {
  return opened.database.ask(async ({ connection }) => {
    const out = [];
    for (const { kind, table } of kinds)
      out.push(
        ...(await connection.rows<{ kind: string; fileId: number; recordNo: number }>(
          `SELECT '${kind}' AS kind, file_id AS "fileId", record_no AS "recordNo" FROM ${table}_all`,
        )),
      );
    return out;
  });
}

describe('secrets in what the window is answered', () => {
  it('are in the case', async () => {
    const rows = await opened.database.ask(({ connection }) =>
      Promise.all(kinds.map(({ table }) => connection.rows(`SELECT * FROM ${table}_all`))),
    );
    expect(leaks(rows)).toEqual(Object.keys(SECRETS));
  });

  it('are masked in every record, and their number is told', async () => {
    for (const place of await places()) {
      const record = await opened.call('records/get', place);
      expect([place, leaks(record)]).toEqual([place, []]);
      expect(record.masked).toBe(record.original.split('[masked, ').length - 1);
    }
  });

  it('are in no answer of any question', async () => {
    const [incident] = await opened.call('incidents/list', null);
    const [finding] = (await opened.call('findings/list', { severity: null, filter: '', page, sort: null }))
      .rows;
    if (!incident || !finding) throw new Error('the bundle holds no incident');
    const [place] = await places();
    const texts = [...Object.values(SECRETS).map((s) => s.slice(0, 12)), 'password', 'Signature'];
    const requests = everyQuestion({
      entity,
      incidentId: incident.id,
      findingId: finding.id,
      ruleId: finding.ruleId,
      place: place ?? null,
      fileIds: [1, 2, 3, 4, 5, 6, 7, 8],
      texts,
      tables: kinds.map(({ table }) => table),
    });
    for (const [name, list] of Object.entries(requests) as [QueryCall, readonly RequestOf<QueryCall>[]][]) {
      for (const request of list) {
        const answer = await opened.call(name, request as never).catch((error: unknown) => String(error));
        // What the user typed into the search is no news to the user.
        const told = JSON.stringify(answer).replaceAll(
          JSON.stringify((request as { text?: string } | null)?.text ?? '-'),
          '',
        );
        expect([name, leaks(told)]).toEqual([name, []]);
      }
    }
  });

  it('cannot be taken out of a record by SQL', async () => {
    for (const text of [
      "SELECT response_elements->'accessKey'->>'secretAccessKey' AS x FROM events_all",
      "SELECT request_parameters->>'password' AS x, json_extract_string(request_parameters, '$.userData.value') AS y FROM events",
      "SELECT json_extract_string(request_parameters->>'body', '$.API_TOKEN') AS x FROM events",
      "SELECT response_object->'data'->>'tls.key' AS x FROM k8s_audit",
      'SELECT cookie AS x, args AS y FROM cloudfront_access, waf_requests',
      "SELECT regexp_extract(request_uri, 'Signature=([^&]+)', 1) AS x, split_part(referer, 'token=', 2) AS y FROM s3_access",
      'SELECT sample AS x FROM issues',
    ]) {
      const { columns, rowCount } = await runUserSql(opened.caseFolder, text);
      expect(rowCount).toBeGreaterThan(0);
      expect([text, leaks(columns)]).toEqual([text, []]);
    }
    const { columns } = await runUserSql(
      opened.caseFolder,
      "SELECT response_elements->'accessKey'->>'secretAccessKey' FROM events WHERE event_name = 'CreateAccessKey'",
    );
    expect(columns[0]?.[0]).toBe(`[masked, ${SECRETS.accessKey.length} characters]`);
  });
});

describe('secrets in a file that no source reads', () => {
  it('are masked in the proposal and the preview of a map', async () => {
    const { fileId } = await opened.database.ask(({ connection }) =>
      connection.row<{ fileId: number }>('SELECT file_id AS "fileId" FROM files WHERE name = \'tool.log\''),
    );
    const proposed = await opened.call('source-maps/propose', { fileId });
    const preview = await opened.call('source-maps/preview', { fileId, map: proposed.map });
    expect(preview).toMatchObject({ records: 1, unreadable: 0, untimed: 0 });
    expect([leaks(proposed), leaks(preview)]).toEqual([[], []]);
  });
});

describe('secrets in what leaves the case', () => {
  it.each(EXPORT_FORMATS.map((f) => f.name).filter((name) => name !== 'exhibits' && name !== 'parquet'))(
    'are not in the export as %s',
    async (name) => {
      expect(leaks((await exported(opened, name)).toString('utf8'))).toEqual([]);
    },
  );

  it('are not in the report', async () => {
    const model = await opened.database.ask(({ connection, caseFolder }) =>
      buildReport(connection, caseFolder, { incidentIds: null, now: NOW, head: { audience: 'evidence' } }),
    );
    expect(model.exhibits.length).toBeGreaterThan(0);
    expect(leaks(model)).toEqual([]);
  });
});

describe('revealing one record', () => {
  it('shows it whole and is written in the action log', async () => {
    const handlers = revealHandlers({ annotate: (change) => opened.database.ask(change) }) as Handlers;
    const place = (await places()).find(({ kind }) => kind === 'k8s-audit');
    const result = await dispatch(handlers, 'records/reveal', place);
    expect(leaks(result)).toEqual(expect.arrayContaining(['kubernetes', 'query']));
    const last = parseLog(await readLog(opened.caseFolder)).at(-1);
    expect(last).toMatchObject({ action: 'revealed', detail: { kind: 'k8s-audit', record: 1 } });
    expect(leaks(last)).toEqual([]);
  });

  it('shows nothing when it cannot be written', async () => {
    const refused = revealHandlers({
      annotate: () => Promise.reject(new Error('read-only')),
    }) as Handlers;
    const result = await dispatch(refused, 'records/reveal', (await places())[0]);
    expect(result.ok).toBe(false);
    expect(leaks(result)).toEqual([]);
  });
});
