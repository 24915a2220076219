import { verify } from 'node:crypto';
import type { PublicKey } from './public-keys';

/** A digest file of the bundle. Times are ISO text, hashes and signatures hex. */
export interface Digest {
  readonly fileId: number;
  readonly recordNo: number;
  readonly account: string | null;
  readonly region: string | null;
  readonly trail: string | null;
  readonly bucket: string;
  readonly object: string;
  readonly start: string | null;
  readonly end: string;
  readonly fingerprint: string;
  readonly algorithm: string;
  readonly previousBucket: string | null;
  readonly previousObject: string | null;
  readonly previousHash: string | null;
  readonly previousSignature: string | null;
  /** Of the decompressed original. */
  readonly contentHash: string;
  /** Of the original as it is stored. */
  readonly storedHash: string;
}

/** A row of `digest_checks` about a digest. */
export interface Checked {
  readonly kind: 'digest' | 'gap';
  readonly state: 'valid' | 'changed' | 'missing' | 'unsigned' | 'no-key';
  /** The digest itself; of a missing one and of a gap, the next digest here. */
  readonly digest: Digest;
  readonly first: string | null;
  readonly last: string;
  /** What is missing. */
  readonly bucket: string | null;
  readonly object: string | null;
  readonly detail: string;
}

const ALGORITHM = 'SHA256withRSA';

/**
 * Checks every digest against the one after it, which holds its hash and signature, and names what is missing between
 * two digests of a trail in a Region. `keys` are those that may have signed.
 */
export function checkChain(digests: readonly Digest[], keys: readonly PublicKey[]): readonly Checked[] {
  const after = new Map<string, Digest[]>();
  const here = new Set(digests.map((d) => placeOf(d.bucket, d.object)));
  for (const d of digests) {
    if (d.previousObject === null) continue;
    const place = placeOf(d.previousBucket, d.previousObject);
    after.set(place, [...(after.get(place) ?? []), d]);
  }
  const out: Checked[] = [];
  for (const chain of chains(digests)) {
    const named = new Set<string>();
    let lastEnd: string | null = null;
    for (const digest of chain) {
      const hole = holeBefore(digest, { here, named, lastEnd });
      if (hole) out.push(hole);
      const note = lastEnd === null && digest.previousObject !== null && !hole ? FIRST_HERE : '';
      out.push(judged(digest, { next: after.get(placeOf(digest.bucket, digest.object)) ?? [], keys, note }));
      if (lastEnd === null || digest.end > lastEnd) lastEnd = digest.end;
    }
  }
  return out;
}

const FIRST_HERE = '; it is the first one here, those before it were not handed over';

function placeOf(bucket: string | null, object: string): string {
  return `${bucket ?? ''}/${object}`;
}

/** Digests of one trail in one Region of one account, in time order; late deliveries come in digests of their own. */
function chains(digests: readonly Digest[]): readonly (readonly Digest[])[] {
  const out = new Map<string, Digest[]>();
  for (const d of digests) {
    const key = JSON.stringify([d.account, d.region, d.trail, d.bucket, isBackfill(d)]);
    const chain = out.get(key);
    if (chain) chain.push(d);
    else out.set(key, [d]);
  }
  for (const chain of out.values())
    chain.sort((a, b) => compare(a.end, b.end) || compare(a.object, b.object) || a.fileId - b.fileId);
  return [...out.values()];
}

function isBackfill({ object }: Digest): boolean {
  return /_backfill\.json(?:\.gz)?$/.test(object);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is not here between a digest and those before it: one that it names, or any when it begins a chain anew. */
function holeBefore(
  digest: Digest,
  { here, named, lastEnd }: { here: ReadonlySet<string>; named: Set<string>; lastEnd: string | null },
): Checked | null {
  if (lastEnd === null) return null;
  const { previousObject, previousBucket } = digest;
  const last = digest.start ?? digest.end;
  if (previousObject === null) {
    if (lastEnd >= last) return null;
    const detail = 'no digest was made for this time: logging or its validation was off';
    return {
      kind: 'gap',
      state: 'missing',
      digest,
      first: lastEnd,
      last,
      bucket: null,
      object: null,
      detail,
    };
  }
  const place = placeOf(previousBucket, previousObject);
  if (here.has(place) || named.has(place)) return null;
  named.add(place);
  const detail = 'the digest after it names it; it was deleted or not handed over';
  const what = { bucket: previousBucket, object: previousObject, detail };
  return { kind: 'digest', state: 'missing', digest, first: lastEnd, last, ...what };
}

function judged(
  digest: Digest,
  { next, keys, note }: { next: readonly Digest[]; keys: readonly PublicKey[]; note: string },
): Checked {
  const [state, detail] = verdict(digest, next, keys);
  const { start: first, end: last, bucket, object } = digest;
  return { kind: 'digest', state, digest, first, last, bucket, object, detail: `${detail}${note}` };
}

function verdict(
  digest: Digest,
  next: readonly Digest[],
  keys: readonly PublicKey[],
): [Checked['state'], string] {
  if (next.length === 0)
    return [
      'unsigned',
      'no digest after it is here to hold its signature, which else is only in the metadata of its S3 object',
    ];
  const own = keys.filter((key) => key.fingerprint === digest.fingerprint.toLowerCase());
  const isSigned = next.some(
    ({ previousSignature: signature }) =>
      signature !== null && own.some((key) => signs(key, digest, signature)),
  );
  if (isSigned) return ['valid', 'its signature and its hash are right'];
  const hashes = [digest.contentHash, digest.storedHash];
  if (!next.some((d) => hashes.includes((d.previousHash ?? '').toLowerCase())))
    return ['changed', 'its hash is not the one that the digest after it names'];
  if (digest.algorithm !== ALGORITHM)
    return [
      'no-key',
      `its hash is right, its signature is ${digest.algorithm || 'of no named kind'} and not checked`,
    ];
  if (own.length === 0)
    return ['no-key', 'its hash is right, and the public key for its signature is not at hand'];
  return [
    'changed',
    'its hash is right, but its signature is not: it or the digest after it was made by somebody else',
  ];
}

/** CloudTrail signs end time, place, hash and the signature before, a line each. */
function signedText(digest: Digest): string {
  const end = `${digest.end.slice(0, 19)}Z`;
  return [
    end,
    placeOf(digest.bucket, digest.object),
    digest.contentHash,
    digest.previousSignature ?? 'null',
  ].join('\n');
}

function signs({ key }: PublicKey, digest: Digest, signature: string): boolean {
  return verify('sha256', Buffer.from(signedText(digest)), key, Buffer.from(signature, 'hex'));
}
