import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestOf } from '../../../src/shared/contract/index';
import { dispatch } from '../../../src/main/queries/dispatch';
import type { Handlers } from '../../../src/main/queries/handlers';
import { queryHandlers, type QueryCall } from '../../../src/main/queries/index';
import { disguiseOf } from '../../../src/main/redaction/redactor';
import { screenOf, type Screen } from '../../../src/main/redaction/screen';
import { deepLink } from '../../../src/shared/model/deep-link';
import { leaksIn, namesIn } from '../../support/leaks';
import { openSampleCase, type SampleCase } from '../queries/sample-case';
import { everyQuestion } from './every-question';

let opened: SampleCase;
let screen: Screen;
let handlers: Handlers;
let names: string[];
beforeAll(async () => {
  opened = await openSampleCase();
  screen = await opened.database.ask(async ({ connection, caseFolder }) =>
    screenOf(await disguiseOf(connection, caseFolder)),
  );
  handlers = Object.fromEntries(
    Object.entries(queryHandlers).map(([name, handle]) => [
      name,
      (request: never) => opened.database.ask((context) => handle(context, request) as Promise<unknown>),
    ]),
  ) as unknown as Handlers;
  const rows = await opened.database.ask(({ connection }) =>
    connection.rows<{ id: string }>(
      "SELECT DISTINCT entity_id AS id FROM entities WHERE entity_type NOT IN ('service', 'userAgent') AND entity_id NOT LIKE '%:aws:policy/%'",
    ),
  );
  names = [...namesIn(rows.map(({ id }) => id)), opened.folder];
});
afterAll(() => opened.close());

async function subjects() {
  const [incident] = await opened.call('incidents/list', null);
  const page = { offset: 0, limit: 200 };
  const { rows } = await opened.call('findings/list', { severity: null, filter: '', page, sort: null });
  const [finding] = rows;
  if (!incident || !finding) throw new Error('the sample holds no incident');
  return opened.database.ask(async ({ connection }) => {
    const entity = await connection.row<{ type: 'user'; id: string }>(
      "SELECT entity_type AS type, entity_id AS id FROM entities WHERE entity_type = 'user' ORDER BY id LIMIT 1",
    );
    const { address } = await connection.row<{ address: string }>(
      "SELECT entity_id AS address FROM entities WHERE entity_type = 'address' ORDER BY 1 LIMIT 1",
    );
    const place = await connection.row<{ fileId: number; recordNo: number }>(
      'SELECT file_id AS "fileId", record_no AS "recordNo" FROM events ORDER BY 1, 2 LIMIT 1',
    );
    return {
      ...{ entity, incidentId: incident.id, findingId: finding.id, ruleId: finding.ruleId },
      ...{ place: { kind: 'cloudtrail', ...place }, fileIds: [1, 2], texts: [address, entity.id] },
      tables: ['events', 'flows', 'files', 'calls', 'incidents'],
    };
  });
}

describe('names while they are hidden', () => {
  it('are in no answer, and every question asked with pseudonyms is the same question', async () => {
    let told = 0;
    const requests = Object.entries(everyQuestion(await subjects())) as [
      QueryCall,
      readonly RequestOf<QueryCall>[],
    ][];
    for (const [name, list] of requests) {
      for (const request of list) {
        const plain = await dispatch(handlers, name, request);
        // Ids were shown before they are asked for.
        const asked = screen.shown(request);
        expect([name, leaksIn(JSON.stringify(asked), names)]).toEqual([name, []]);
        const hidden = await dispatch(handlers, name, asked, () => Promise.resolve(screen));
        expect([name, leaksIn(JSON.stringify(hidden), names)]).toEqual([name, []]);
        if (!plain.ok) expect([name, hidden.ok]).toEqual([name, false]);
        if (!plain.ok || !hidden.ok) continue;
        told += leaksIn(JSON.stringify(plain), names).length;
        // Rows that nobody asked to be in order come in any.
        if (name === 'sql/run') continue;
        const as = (value: unknown) => withoutTimings(JSON.stringify(screen.shown(value)));
        expect([name, as(hidden.value)]).toEqual([name, as(plain.value)]);
      }
    }
    expect(told).toBeGreaterThan(500);
  });

  it('are meant by links and kept places, and shown in neither', () => {
    const id = '5f3c2a90-0000-4000-8000-1234567890ab';
    const [first, second] = names.filter((name) => name.startsWith('arn:') && name.includes(':user/'));
    if (first === undefined || second === undefined) throw new Error('no users');
    const link = deepLink(id, { view: 'entity', params: { id: first, with: `${second} & co` }, scope: null });
    const session = JSON.stringify({
      path: opened.caseFolder.path,
      sides: [{ tabs: [{ links: [link], index: 0 }] }],
    });
    for (const text of [link, `See [it](${link}) and ${second}.`, session]) {
      const shown = screen.shown(text);
      expect(leaksIn(decodeURIComponent(shown), names)).toEqual([]);
      expect(screen.meant(shown)).toBe(text);
    }
    // What comes back with more around it, as a changed session does.
    const more = `${screen.shown(link)} now with ${screen.shown(second)}`;
    expect(screen.meant(more)).toBe(`${link} now with ${second}`);
  });

  it('keep every record masked, and leave the window as pseudonyms', async () => {
    const asked = { kind: 'cloudtrail', fileId: 1, recordNo: 1 };
    const reveal = await dispatch(handlers, 'records/reveal', asked, () => Promise.resolve(screen));
    expect(reveal).toMatchObject({ ok: false, error: { code: 'screen.hidden' } });
    const copied: unknown[] = [];
    const desktop = {
      'clipboard/write': (request: unknown) => Promise.resolve(copied.push(request)).then(() => null),
    } as unknown as Handlers;
    const text = screen.shown(names[0]);
    await dispatch(desktop, 'clipboard/write', { text }, () => Promise.resolve(screen));
    expect(copied).toEqual([{ text }]);
  });

  it('are not told by errors either', async () => {
    const unknown = { type: 'user', id: `${names.find((n) => n.includes(':user/')) ?? ''}-gone` } as const;
    const ask = { entity: screen.shown(unknown), scope: null };
    const answer = await dispatch(handlers, 'entity/profile', ask, () => Promise.resolve(screen));
    expect(answer.ok).toBe(false);
    expect(leaksIn(JSON.stringify(answer), names)).toEqual([]);
  });
});

/** How long a question took is another number each time. */
function withoutTimings(json: string): string {
  return json.replace(/"milliseconds":[\d.]+/g, '"milliseconds":0');
}
