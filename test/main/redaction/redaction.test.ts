import { randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { decompress } from 'fzstd';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../../src/main/exports/export-case';
import { REDACTIONS, type Redaction } from '../../../src/shared/model/report';
import { maskSecrets } from '../../../src/shared/text/mask-secrets';
import { outgoing } from '../../../src/main/redaction/outgoing';
import { Pseudonyms } from '../../../src/main/redaction/pseudonym';
import { makeDisguise, makeRedactor, redactorOf } from '../../../src/main/redaction/redactor';
import { buildReport } from '../../../src/main/report/build';
import { renderReportHtml } from '../../../src/main/report/render/html';
import { leaksIn, namesIn } from '../../support/leaks';
import { exported, NOW } from '../exports/exported';
import { openSampleCase, type SampleCase } from '../queries/sample-case';

const KEY = Buffer.alloc(32, 7);
const known = [
  { kind: 'account', value: '123456789012' },
  { kind: 'user', value: 'arn:aws:iam::123456789012:user/staff/mary.major' },
  { kind: 'user', value: 'arn:aws:iam::123456789012:user/bo-x' },
  { kind: 'user', value: 'arn:aws:iam::123456789012:user/admin' },
  { kind: 'role', value: 'arn:aws:iam::123456789012:role/deploy-prod' },
  { kind: 'roleSession', value: 'arn:aws:sts::123456789012:assumed-role/deploy-prod/mary@firm.example' },
  { kind: 'address', value: '198.51.100.7' },
  { kind: 'address', value: '2001:470:1:18::115' },
  { kind: 'bucket', value: 'ledgers-of-firm' },
  { kind: 'resource', value: 'arn:aws:iam::aws:policy/AdministratorAccess' },
];
const redact = makeRedactor(known, KEY);

describe('redactor', () => {
  it('replaces what the case knows, inside longer words too', () => {
    for (const text of [
      'arn:aws:iam::123456789012:user/staff/mary.major',
      'mary.major called it from 198.51.100.7.',
      '198.51.100.7:443 and 2001:470:1:18::115',
      's3://ledgers-of-firm-backup/x',
      'logs/123456789012_CloudTrail_us-east-1.json.gz',
      'arn%3Aaws%3Aiam%3A%3A123456789012%3Auser%2Fbo-x',
      'deploy-prod|mary@firm.example',
    ]) {
      const out = redact(text);
      for (const original of [
        '123456789012',
        'mary',
        'firm',
        'bo-x',
        'deploy-prod',
        '198.51.100.7',
        '2001:470',
      ])
        expect(out).not.toContain(original);
    }
  });

  it('replaces what looks like an id although the case does not know it', () => {
    const text =
      'AKIAIOSFODNN7EXAMPLE ASIA0123456789ABCDEF AIDAJQABLZS4A3QDU576Q i-0abc12345def67890 vpc-0123456789abcdef0 eve@other.example 203.0.113.9 ip-10-1-2-3.ec2.internal 210987654321';
    const out = redact(text);
    for (const word of text.split(' ')) expect(out).not.toContain(word);
    expect(out).not.toContain('10-1-2-3');
    expect(out).toMatch(/AKIAREDACTED[0-9A-F]{8} ASIAREDACTED/);
  });

  it('leaves words, times, hashes, versions and what AWS owns', () => {
    for (const text of [
      'made admin and given a key',
      '2023-07-10T11:42:18.000000Z',
      'a'.repeat(52) + '123456789abc',
      'f8e608fd-8465-48e2-b65d-0ad849244ead',
      'aws-cli/2.9.19 Python/3.9.11',
      'arn:aws:iam::aws:policy/AdministratorAccess',
      'ec2.amazonaws.com',
      '0.0.0.0/0',
      'T1098.003',
    ])
      expect(redact(text)).toBe(text);
  });

  it('replaces the chosen kinds alone, by the same pseudonyms', () => {
    const text =
      'mary.major of 123456789012 with AKIAIOSFODNN7EXAMPLE from 198.51.100.7 at i-0abc12345def67890';
    const whole = redact(text).split(' ');
    const only = (...kinds: Redaction[]) => makeRedactor(known, KEY, kinds)(text).split(' ');
    const words = text.split(' ');
    const placeOf = { names: 0, accounts: 2, keys: 4, addresses: 6, resources: 8 } as const;
    for (const kind of REDACTIONS) {
      const expected = words.map((word, i) => (i === placeOf[kind] ? whole[i] : word));
      expect([kind, only(kind)]).toEqual([kind, expected]);
    }
    expect(only(...REDACTIONS)).toEqual(whole);
    expect(only()).toEqual(words);
  });

  it('gives one pseudonym to one name, of the shape of what it stands for, and none twice', () => {
    const a = redact('arn:aws:iam::123456789012:role/deploy-prod');
    const b = redact('role deploy-prod in 123456789012');
    const [, account, role] = /^arn:aws:iam::(0000\d{8}):role\/(role-[0-9a-f]{8})$/.exec(a) ?? [];
    expect(b).toBe(`role ${role ?? '?'} in ${account ?? '?'}`);
    expect(redact('198.51.100.7')).toMatch(/^2[45]\d\.\d+\.\d+\.\d+$/);
    const sentence = 'mary.major 198.51.100.7 123456789012 AKIAIOSFODNN7EXAMPLE i-0abc12345def67890';
    expect(redact(redact(sentence))).toBe(redact(sentence));
    expect(makeRedactor(known, randomBytes(32))('deploy-prod')).not.toBe(redact('deploy-prod'));
  });

  it('reads its own pseudonyms back, in whatever they stand, and nobody else’s', () => {
    const { redact: hide, restore } = makeDisguise(known, KEY, REDACTIONS);
    for (const text of [
      'mary.major of 123456789012 with AKIAIOSFODNN7EXAMPLE from 198.51.100.7 at i-0abc12345def67890',
      'arn:aws:sts::123456789012:assumed-role/deploy-prod/mary@firm.example',
      'ip-198-51-100-7.ec2.internal, [2001:470:1:18::115]:443 and eve@other.example',
      'xxledgers-of-firm-backup and s3://ledgers-of-firm/',
    ]) {
      expect(hide(text)).not.toBe(text);
      expect(restore(hide(text))).toBe(text);
    }
    const strange = 'user-00000000 000012345678 240.1.2.3 AKIAREDACTED00000000 i-redacted00000000';
    expect(restore(strange)).toBe(strange);
  });

  it('gives no pseudonym of the shape of an address to two of a hundred thousand', () => {
    const pseudonyms = new Pseudonyms(KEY);
    const made = new Set<string>();
    for (let at = 0; at < 100_000; at += 1)
      made.add(pseudonyms.address(`10.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`));
    expect(made.size).toBe(100_000);
  });

  it('lets no known account, key or long name through, whatever stands around it', () => {
    const around = fc.string({
      unit: fc.constantFrom(...Array.from('aZ09 _-./:\\"\n,@={}[]\u00e9')),
      maxLength: 12,
    });
    const original = fc.constantFrom('mary.major', 'deploy-prod', 'ledgers-of-firm', '123456789012');
    fc.assert(
      fc.property(around, original, around, (before, name, after) => {
        // Digits that touch an account make another number of it.
        fc.pre(!/^\d/.test(name) || (!/[\d.]$/.test(before) && !/^[\d.]/.test(after)));
        expect(redact(before + name + after)).not.toContain(name);
      }),
      { seed: 7 },
    );
  });
});

describe('secrets', () => {
  it('are masked in JSON, in JSON inside JSON, in text and by their own shape', () => {
    const token = `IQoJb3JpZ2luX2VjE${'A1b2'.repeat(30)}`;
    for (const [text, secret] of [
      ['{"sessionToken": "hush\\"hush"}', 'hush'],
      [JSON.stringify({ body: JSON.stringify({ secretAccessKey: 'wJalrXUtnFEMI' }) }), 'wJalr'],
      ['{"masterUserPassword":"s3cret!","x":1}', 's3cret'],
      ['env AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENG', 'wJalr'],
      ['https://x/?X-Amz-Signature=0123456789abcdef', '0123456789abcdef'],
      [`token ${token} end`, token],
      ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'MIIE'],
    ] as const) {
      expect(maskSecrets(text)).not.toContain(secret);
      expect(maskSecrets(text)).toContain('[masked, ');
    }
    const harmless = '{"passwordLastUsed":"2023","userName":"x","password":"HIDDEN_DUE_TO_SECURITY_REASONS"}';
    expect(maskSecrets(harmless)).toBe(harmless);
  });

  it('keep the JSON around them whole', () => {
    const text = '{"sessionToken":"a\\\\\\"b","after":[1]}';
    expect(JSON.parse(maskSecrets(text))).toMatchObject({ after: [1] });
  });
});

describe('a redacted case', () => {
  let sample: SampleCase;
  let originals: string[];
  beforeAll(async () => {
    sample = await openSampleCase();
    const rows = await sample.database.ask(({ connection }) =>
      connection.rows<{ id: string }>(
        `SELECT entity_id AS id FROM entities WHERE entity_type IN ('account', 'user', 'role', 'roleSession', 'accessKey', 'address', 'bucket', 'instance')`,
      ),
    );
    originals = namesIn(rows.map(({ id }) => id));
    originals.push(sample.folder);
    expect(originals.length).toBeGreaterThan(50);
  });
  afterAll(() => sample.close());

  const leaks = (text: string) => leaksIn(text, originals);

  it('names nobody in any export', async () => {
    for (const { name } of EXPORT_FORMATS) {
      const redacted = await opened(name, await exported(sample, name, true));
      expect([name, leaks(redacted)]).toEqual([name, []]);
      // The search finds what an export that is not redacted holds.
      const plain = await opened(name, await exported(sample, name));
      expect([name, leaks(plain).length > 0]).toEqual([name, true]);
    }
  });

  it('names nobody in the report, and the same pseudonyms as in the exports', async () => {
    const model = await sample.database.ask(async ({ connection, caseFolder }) =>
      buildReport(connection, caseFolder, {
        incidentIds: null,
        now: NOW,
        head: { audience: 'evidence', redaction: [...REDACTIONS] },
        outgoing: outgoing(await redactorOf(connection, caseFolder)),
      }),
    );
    expect(leaks(JSON.stringify(model))).toEqual([]);
    expect(leaks(renderReportHtml(model, new Map()).replaceAll('<wbr>', ''))).toEqual([]);
    const json = (await exported(sample, 'json', true)).toString('utf8');
    const accounts = new Set(JSON.stringify(model).match(/\b0000\d{8}\b/g));
    expect(accounts.size).toBeGreaterThan(0);
    const told = [...accounts].filter((account) => json.includes(account));
    expect(told.length).toBeGreaterThan(0);
  });
});

/** All text of an export, whatever packs it. */
async function opened(name: string, bytes: Buffer): Promise<string> {
  if (name === 'exhibits') return unpacked(bytes);
  if (name !== 'parquet') return bytes.toString('utf8');
  const { buffer, byteOffset, byteLength } = bytes;
  const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const rows = await parquetReadObjects({ file, compressors: { ZSTD: (input) => decompress(input) } });
  const words = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return `${JSON.stringify(rows, words)}${JSON.stringify(parquetMetadata(file), words)}`;
}

/** Every member of an archive that we wrote, one after the other. */
function unpacked(zip: Buffer): string {
  let out = '';
  for (let at = 0; zip.readUInt32LE(at) === 0x04034b50;) {
    const packed = zip.readUInt32LE(at + 18);
    const from = at + 30 + zip.readUInt16LE(at + 26);
    out +=
      zip.toString('utf8', at + 30, from) +
      inflateRawSync(zip.subarray(from, from + packed)).toString('utf8');
    at = from + packed;
  }
  return out;
}
