import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import Graph from 'graphology';
import { parse } from 'graphology-graphml';
import { fromBuffer } from 'yauzl';
import { Database } from '../../../src/main/db/database';
import { quotedString } from '../../../src/main/db/sql';
import { EXPORT_FORMATS, exportContext } from '../../../src/main/exports/export-case';
import { RECORD_COLUMNS } from '../../../src/main/exports/records';
import { openSampleCase, type SampleCase } from '../queries/sample-case';
import { exported, NOW } from './exported';
import { MISP, NAVIGATOR, OCSF, TIMESKETCH } from './schemas';
import { stixFaults } from './stix-rules';

interface Parsed {
  readonly documentElement: { readonly tagName: string };
  querySelector(selector: string): object | null;
  getElementsByTagName(name: string): Iterable<{ getAttribute(name: string): string | null }>;
}
// jsdom brings no types.
const { JSDOM } = createRequire(import.meta.url)('jsdom') as {
  readonly JSDOM: new (html: string) => {
    readonly window: {
      readonly DOMParser: new () => { parseFromString(text: string, type: string): Parsed };
    };
  };
};

let sample: SampleCase;
let records: number;
let findings: number;
beforeAll(async () => {
  sample = await openSampleCase();
  const counted = await sample.database.ask(({ connection }) =>
    connection.row<{ records: number; findings: number }>(
      `SELECT (SELECT count(*) FROM (SELECT DISTINCT incident_id, source, file_id, record_no FROM incident_events)) AS records,
              (SELECT count(*) FROM incident_members) AS findings`,
    ),
  );
  records = counted.records;
  findings = counted.findings;
  expect(records).toBeGreaterThan(20);
});
afterAll(() => sample.close());

function faults(schema: object, value: unknown): string[] {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ''} ${JSON.stringify(e.params)}`);
}
const text = async (name: string) => (await exported(sample, name)).toString('utf8');
const lines = async (name: string) =>
  (await text(name))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('exports', () => {
  it('write the same bytes for the same case and time', async () => {
    for (const { name } of EXPORT_FORMATS) {
      const [a, b] = [await exported(sample, name), await exported(sample, name)];
      expect([name, a.equals(b)]).toEqual([name, true]);
    }
  });

  it('json meets its published schema', async () => {
    const schema = JSON.parse(await readFile(resolve('docs/export.schema.json'), 'utf8')) as object;
    const document = JSON.parse(await text('json')) as { findings: object[]; indicators: object[] };
    expect(faults(schema, document)).toEqual([]);
    expect(document.findings.length).toBe(findings);
    expect(document.indicators.length).toBeGreaterThan(2);
    expect(faults(schema, { ...document, incidents: [{}] })).not.toEqual([]);
  });

  it('csv has one row a record and no cell that a spreadsheet would run', async () => {
    const rows = (await text('csv')).split('\r\n');
    expect(rows[0]).toBe(RECORD_COLUMNS.join(','));
    expect(rows.at(-1)).toBe('');
    expect(rows.length).toBe(records + 2);
    for (const row of rows.slice(1, -1)) for (const cell of cells(row)) expect(cell).not.toMatch(/^[=+@-]/);
  });

  it('parquet has the rows of the csv, typed', async () => {
    await exported(sample, 'parquet');
    const database = await Database.open();
    try {
      const from = `read_parquet(${quotedString(join(sample.folder, 'export.parquet'))})`;
      const { n, first } = await database.main.row<{ n: number; first: string }>(
        `SELECT count(*) AS n, min(event_time) AS first FROM ${from} WHERE len(techniques) >= 0`,
      );
      expect(n).toBe(records);
      expect(first).toMatch(/^\d{4}-.*\.\d{6}Z$/);
      const described = await database.main.rows<{ column_name: string }>(`DESCRIBE FROM ${from}`);
      expect(described.map((c) => c.column_name)).toEqual([...RECORD_COLUMNS]);
    } finally {
      database.close();
    }
  });

  it('stix keeps the rules of 2.1', async () => {
    const bundle = JSON.parse(await text('stix')) as { objects: { type: string; pattern?: string }[] };
    expect(stixFaults(bundle)).toEqual([]);
    const types = new Set(bundle.objects.map((o) => o.type));
    for (const type of ['indicator', 'observed-data', 'attack-pattern', 'relationship', 'report', 'sighting'])
      expect(types).toContain(type);
    const broken = {
      ...bundle,
      objects: bundle.objects.map((o) => (o.pattern ? { ...o, pattern: 'x' } : o)),
    };
    expect(stixFaults(broken)).not.toEqual([]);
  });

  it('navigator is a layer of format 4.5 with the tactics of ATT&CK 19', async () => {
    const layer = JSON.parse(await text('navigator')) as {
      techniques: { score: number; techniqueID: string; tactic: string }[];
    };
    expect(faults(NAVIGATOR, layer)).toEqual([]);
    expect(layer.techniques.length).toBeGreaterThan(3);
    const keys = layer.techniques.map((t) => `${t.techniqueID} ${t.tactic}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('timesketch has what the importer asks of each line, in the order of time', async () => {
    const rows = await lines('timesketch');
    expect(rows.length).toBe(records);
    expect(faults({ type: 'array', items: TIMESKETCH }, rows)).toEqual([]);
    const times = rows.map((r) => Number(r['timestamp']));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const [first] = rows;
    const iso = String(first?.['datetime']);
    expect(Math.floor((times[0] ?? 0) / 1000)).toBe(Date.parse(`${iso.slice(0, 23)}Z`));
  });

  it('ocsf has the mandatory attributes of a detection finding', async () => {
    const rows = await lines('ocsf');
    expect(rows.length).toBe(findings);
    expect(faults({ type: 'array', items: OCSF }, rows)).toEqual([]);
  });

  it('misp is one unpublished event with attributes of allowed types', async () => {
    const event: unknown = JSON.parse(await text('misp'));
    expect(faults(MISP, event)).toEqual([]);
  });

  it('graphml is well-formed, and its edges join its nodes', async () => {
    const { window } = new JSDOM('');
    const document = new window.DOMParser().parseFromString(await text('graphml'), 'application/xml');
    expect(document.querySelector('parsererror')).toBeNull();
    const all = (name: string) => [...document.getElementsByTagName(name)];
    const nodes = new Set(all('node').map((n) => n.getAttribute('id')));
    expect(nodes.size).toBe(all('node').length);
    expect(all('edge').length).toBeGreaterThan(5);
    for (const edge of all('edge')) {
      expect(nodes).toContain(edge.getAttribute('source'));
      expect(nodes).toContain(edge.getAttribute('target'));
    }
    const keys = new Set(all('key').map((k) => k.getAttribute('id')));
    for (const data of all('data')) expect(keys).toContain(data.getAttribute('key'));
  });

  it('graphml is read by the importer of graphology, with all its attributes', async () => {
    const read = parse(Graph, await text('graphml'), { addMissingNodes: false });
    const { nodes, edges } = await sample.database.ask(async ({ connection, caseFolder }) => {
      const { source } = await exportContext(connection, caseFolder, {
        incidentId: null,
        now: NOW,
        redact: [],
      });
      return source.graph;
    });
    expect(read.order).toBe(nodes.length);
    expect(read.size).toBe(edges.length);
    for (const [i, { label }] of nodes.entries()) expect(read.getNodeAttribute(`n${i}`, 'label')).toBe(label);
  });

  it('svg is well-formed', async () => {
    const { window } = new JSDOM('');
    const document = new window.DOMParser().parseFromString(await text('svg'), 'image/svg+xml');
    expect(document.querySelector('parsererror')).toBeNull();
    expect(document.documentElement.tagName).toBe('svg');
  });

  it('ioc has one value a line', async () => {
    const rows = (await text('ioc')).trimEnd().split('\n');
    const { indicators } = JSON.parse(await text('json')) as { indicators: { value: string }[] };
    expect(rows.filter((r) => !r.startsWith('#'))).toEqual(indicators.map((i) => i.value));
  });

  it('exhibits is an archive whose manifest names and hashes each member', async () => {
    const members = await unzip(await exported(sample, 'exhibits'));
    const manifest = JSON.parse(String(members.get('manifest.json'))) as {
      writtenAt: string;
      exhibits: {
        path: string;
        textSha256: string;
        sha256: string;
        citedBy: string[];
        eventId: string | null;
      }[];
    };
    expect(manifest.writtenAt).toBe(NOW);
    expect(manifest.exhibits.length).toBe(members.size - 2);
    for (const exhibit of manifest.exhibits) {
      const bytes = members.get(exhibit.path) ?? Buffer.alloc(0);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(exhibit.textSha256);
      expect(exhibit.citedBy.length).toBeGreaterThan(0);
      if (exhibit.eventId) expect(bytes.toString()).toContain(exhibit.eventId);
    }
  });

  it('leaves nothing behind when it fails, and says which format', async () => {
    const broken = {
      name: 'broken',
      extension: '.x',
      summary: '',
      write: function* () {
        yield 'half';
        throw new Error('no more');
      },
    };
    const { writeExport } = await import('../../../src/main/exports/export-case');
    const path = join(sample.folder, 'broken.x');
    await expect(writeExport({} as never, broken, path)).rejects.toThrow(/broken export.*no more/);
    await expect(readFile(path)).rejects.toThrow();
  });
});

function cells(row: string): string[] {
  return [...row.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) =>
    (m[1] ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'),
  );
}

function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  return new Promise((done, fail) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return fail(error);
      const out = new Map<string, Buffer>();
      zip.on('entry', (entry: { fileName: string }) => {
        zip.openReadStream(entry as never, (broken, stream) => {
          if (broken) return fail(broken);
          const chunks: Buffer[] = [];
          stream.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream.on('error', fail);
          stream.on('end', () => {
            out.set(entry.fileName, Buffer.concat(chunks));
            zip.readEntry();
          });
        });
      });
      zip.on('end', () => done(out));
      zip.on('error', fail);
      zip.readEntry();
    });
  });
}
