import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const BUCKET = 'trail-bucket';
const HOUR = 3_600_000;

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly value: string;
  readonly fingerprint: string;
  /** PEM of the public key. */
  readonly pem: string;
}

export function keyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ type: 'pkcs1', format: 'der' });
  return {
    privateKey,
    value: der.toString('base64'),
    fingerprint: createHash('md5').update(der).digest('hex'),
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

export interface Trail {
  /** Paths below the bundle, by hour: log files and the digest of the hour. */
  readonly hours: readonly { readonly logs: readonly string[]; readonly digest: string }[];
}

interface TrailOptions {
  readonly hours: number;
  readonly logsPerHour?: number;
  readonly start?: string;
  /** Ends of hours after which a new chain begins. */
  readonly restartAfter?: number;
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const compact = (time: number) => `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
const iso = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;
const day = (time: number) => new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');

/** Writes hours of log files and their digests, signed as CloudTrail signs, as a copy of the bucket. */
export async function writeTrail(bundle: string, key: KeyPair, options: TrailOptions): Promise<Trail> {
  const start = Date.parse(options.start ?? '2024-05-02T08:00:00Z');
  const hours: { logs: string[]; digest: string }[] = [];
  let previous: { object: string; hash: string; signature: string } | null = null;
  for (let h = 0; h < options.hours; h += 1) {
    if (h === options.restartAfter) previous = null;
    const from = start + h * HOUR;
    const logs: string[] = [];
    const logFiles: object[] = [];
    for (let n = 0; n < (options.logsPerHour ?? 2); n += 1) {
      const time = from + (n + 1) * 600_000;
      const object = `AWSLogs/${ACCOUNT}/CloudTrail/${REGION}/${day(time)}/${ACCOUNT}_CloudTrail_${REGION}_${compact(time).slice(0, 13)}Z_${h}x${n}.json.gz`;
      const text = Buffer.from(JSON.stringify({ Records: [recordAt(time, `${h}-${n}`)] }));
      await put(bundle, object, gzipSync(text));
      logs.push(object);
      logFiles.push({
        s3Bucket: BUCKET,
        s3Object: object,
        hashValue: sha256(text),
        hashAlgorithm: 'SHA-256',
        newestEventTime: iso(time),
        oldestEventTime: iso(time - 60_000),
      });
    }
    const end = from + HOUR;
    const object = `AWSLogs/${ACCOUNT}/CloudTrail-Digest/${REGION}/${day(end)}/${ACCOUNT}_CloudTrail-Digest_${REGION}_main_${REGION}_${compact(end)}.json.gz`;
    const text: Buffer = Buffer.from(
      JSON.stringify({
        awsAccountId: ACCOUNT,
        digestStartTime: iso(from),
        digestEndTime: iso(end),
        digestS3Bucket: BUCKET,
        digestS3Object: object,
        digestPublicKeyFingerprint: key.fingerprint,
        digestSignatureAlgorithm: 'SHA256withRSA',
        newestEventTime: iso(end),
        oldestEventTime: iso(from),
        previousDigestS3Bucket: previous ? BUCKET : null,
        previousDigestS3Object: previous?.object ?? null,
        previousDigestHashValue: previous?.hash ?? null,
        previousDigestHashAlgorithm: previous ? 'SHA-256' : null,
        previousDigestSignature: previous?.signature ?? null,
        logFiles,
      }),
    );
    const hash = sha256(text);
    const signed = `${iso(end)}\n${BUCKET}/${object}\n${hash}\n${previous?.signature ?? 'null'}`;
    const signature: string = sign('sha256', Buffer.from(signed), key.privateKey).toString('hex');
    await put(bundle, object, gzipSync(text));
    hours.push({ logs, digest: object });
    previous = { object, hash, signature };
  }
  return { hours };
}

/** Writes the answer of ListPublicKeys. */
export async function writeKeys(bundle: string, keys: readonly KeyPair[]): Promise<void> {
  const list = keys.map(({ value: Value, fingerprint: Fingerprint }) => ({
    Value,
    Fingerprint,
    ValidityStartTime: '2024-04-20T00:00:00+00:00',
    ValidityEndTime: '2024-06-20T00:00:00+00:00',
  }));
  await put(bundle, 'public-keys.json', Buffer.from(JSON.stringify({ PublicKeyList: list })));
}

async function put(bundle: string, object: string, bytes: Buffer): Promise<void> {
  const path = join(bundle, object);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

function recordAt(time: number, id: string): object {
  return {
    eventVersion: '1.08',
    eventTime: iso(time),
    eventSource: 'iam.amazonaws.com',
    eventName: 'ListUsers',
    awsRegion: REGION,
    eventID: id,
    eventType: 'AwsApiCall',
    recipientAccountId: ACCOUNT,
    sourceIPAddress: '198.51.100.7',
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/alice`, accountId: ACCOUNT },
  };
}
