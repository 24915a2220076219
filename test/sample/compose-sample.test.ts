import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeSample } from '../../src/sample';
import type { SampleSummary } from '../../src/sample/compose-sample';
import { type ReadBundle, readBundle } from './read-bundle';

const SIZE = { events: 9000, flows: 8000, days: 8 };
const root = mkdtempSync(join(tmpdir(), 'coldtrail-sample-'));
let summary: SampleSummary;
let bundle: ReadBundle;

/** One hash over names and bytes of all files. */
function fingerprint(out: string): string {
  const hash = createHash('sha256');
  for (const file of readBundle(out).files) {
    hash.update(file).update(readFileSync(join(out, 'bundle', file)));
  }
  return hash.update(readFileSync(join(out, 'truth.json'))).digest('hex');
}

beforeAll(async () => {
  summary = await composeSample({ out: join(root, 'a'), seed: 5, ...SIZE });
  bundle = readBundle(join(root, 'a'));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

describe('a composed bundle', () => {
  it('has as many events, flows and findings as it says', () => {
    expect(bundle.byId.size).toBe(SIZE.events);
    expect(summary).toMatchObject({ events: SIZE.events, flows: SIZE.flows, records: bundle.records.length });
    const rows = bundle.flowLines.filter((line) => !line.startsWith('version'));
    expect(rows).toHaveLength(SIZE.flows);
    expect(bundle.findings).toHaveLength(summary.findings);
    expect(bundle.files).toHaveLength(summary.files);
  });

  it('lies as an S3 export lies, with two accounts and three Regions', () => {
    const names = [
      /^AWSLogs\/(\d{12})\/CloudTrail\/([\w-]+)\/\d{4}\/\d\d\/\d\d\/\1_CloudTrail_\2_\d{8}T\d{4}Z_\w{16}\.json\.gz$/,
      /^AWSLogs\/(\d{12})\/vpcflowlogs\/([\w-]+)\/\d{4}\/\d\d\/\d\d\/\1_vpcflowlogs_\2_fl-\w+_\d{8}T\d{4}Z_\w{8}\.log\.gz$/,
      /^AWSLogs\/\d{12}\/GuardDuty\/[\w-]+\/\d{4}\/\d\d\/\d\d\/[\w-]{36}\.jsonl\.gz$/,
    ];
    for (const file of bundle.files)
      expect(
        names.some((name) => name.test(file)),
        file,
      ).toBe(true);
    expect(new Set(bundle.files.map((f) => f.split('/')[1])).size).toBe(2);
    expect(new Set(bundle.files.map((f) => f.split('/')[3])).size).toBe(3);
  });

  it('has flow rows of the default format with accepted, rejected and empty intervals', () => {
    const rows = bundle.flowLines
      .filter((line) => !line.startsWith('version'))
      .map((line) => line.split(' '));
    expect(rows.every((row) => row.length === 14)).toBe(true);
    expect(rows.every((row) => Number(row[11]) >= Number(row[10]))).toBe(true);
    expect(new Set(rows.map((row) => row[12]))).toEqual(new Set(['ACCEPT', 'REJECT', '-']));
    expect(rows.some((row) => row[13] === 'NODATA')).toBe(true);
  });

  it('delivers changes twice, record for record the same', () => {
    const copies = new Map<string, Set<string>>();
    for (const record of bundle.records) {
      copies.set(record.eventID, (copies.get(record.eventID) ?? new Set()).add(JSON.stringify(record)));
    }
    expect(bundle.records.length).toBeGreaterThan(bundle.byId.size);
    expect([...copies.values()].every((texts) => texts.size === 1)).toBe(true);
  });

  it('shows a cross-account role in both accounts under one shared id', () => {
    const shared = new Map<string, Set<string>>();
    for (const record of bundle.byId.values()) {
      if (record.eventName !== 'AssumeRole' || !record.sharedEventID) continue;
      const accounts = shared.get(record.sharedEventID) ?? new Set();
      shared.set(record.sharedEventID, accounts.add(record.recipientAccountId));
    }
    expect([...shared.values()].filter((accounts) => accounts.size === 2).length).toBeGreaterThan(0);
  });

  it('holds every event of the truth, and nothing of the intruder beside it', () => {
    const [incident] = bundle.truth.incidents;
    const ids = new Set(incident!.eventIds);
    expect(ids.size).toBe(incident!.eventIds.length);
    for (const id of ids) expect(bundle.byId.has(id), id).toBe(true);
    const addresses = incident!.entities.filter((e) => e.type === 'address').map((e) => e.id);
    const hostile = [...bundle.byId.values()].filter((r) => addresses.includes(r.sourceIPAddress));
    expect(new Set(hostile.map((r) => r.eventID))).toEqual(ids);
    for (const id of incident!.findingIds) expect(bundle.findings.some((f) => f.id === id)).toBe(true);
  });

  it('names the earliest hostile event as the first intrusion: instance credentials used outside', () => {
    const first = bundle.truth.firstIntrusion!;
    const record = bundle.byId.get(first.eventId)!;
    const times = bundle.truth.incidents[0]!.eventIds.map((id) => bundle.byId.get(id)!.eventTime);
    expect(times.filter((time) => time < record.eventTime)).toEqual([]);
    expect(first).toMatchObject({
      time: record.eventTime.replace('Z', '.000000Z'),
      ip: record.sourceIPAddress,
      credential: record.userIdentity.accessKeyId,
      principalArn: record.userIdentity.arn,
    });
    expect(record.userIdentity.arn).toMatch(/:assumed-role\/[\w-]+\/i-0[0-9a-f]{16}$/);
  });

  it('lets the instance go on with the same key from its own address', () => {
    const { credential, ip } = bundle.truth.firstIntrusion!;
    const own = [...bundle.byId.values()].filter(
      (r) => r.userIdentity.accessKeyId === credential && r.sourceIPAddress !== ip,
    );
    expect(own.length).toBeGreaterThan(0);
  });

  it('records the password guessing in the flow logs only', () => {
    const [incident] = bundle.truth.incidents;
    const seenInTrail = new Set([...bundle.byId.values()].map((r) => r.sourceIPAddress));
    const guesser = incident!.entities.find((e) => e.type === 'address' && !seenInTrail.has(e.id))!;
    const rows = bundle.flowLines
      .map((l) => l.split(' '))
      .filter((r) => r[3] === guesser.id && r[6] === '22');
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.every((r) => r[12] === 'ACCEPT')).toBe(true);
  });

  it('has a red herring that belongs to no incident', () => {
    const herring = bundle.truth.benign.find((b) => b.kind === 'redHerring')!;
    expect(bundle.findings.some((f) => f.id === herring.id)).toBe(true);
    expect(bundle.truth.incidents[0]!.findingIds).not.toContain(herring.id);
  });

  it('has findings of schema 2.0', () => {
    expect(bundle.findings.every((f) => f.schemaVersion === '2.0' && f.type.includes(':'))).toBe(true);
  });
});

describe('composing', () => {
  it('gives the same bytes for the same seed, and others for another', async () => {
    const small = { events: 4000, flows: 3000, days: 7 };
    await composeSample({ out: join(root, 'b'), seed: 5, ...small });
    await composeSample({ out: join(root, 'c'), seed: 5, ...small });
    await composeSample({ out: join(root, 'd'), seed: 6, ...small });
    expect(fingerprint(join(root, 'c'))).toBe(fingerprint(join(root, 'b')));
    expect(fingerprint(join(root, 'd'))).not.toBe(fingerprint(join(root, 'b')));
    const [first, other] = ['b', 'd'].map((name) => readBundle(join(root, name)).truth.firstIntrusion!);
    expect(other!.ip).not.toBe(first!.ip);
    expect(other!.principal).not.toBe(first!.principal);
  });

  it('refuses an unknown scenario and stops when asked', async () => {
    const out = join(root, 'e');
    await expect(composeSample({ out, scenario: 'nothing-like-it' })).rejects.toMatchObject({
      code: 'usage',
    });
    const signal = AbortSignal.abort();
    await expect(composeSample({ out, ...SIZE, signal })).rejects.toMatchObject({ code: 'job.cancelled' });
  });
});
