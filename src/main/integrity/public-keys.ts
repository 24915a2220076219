import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** A key that CloudTrail signs digests with. */
export interface PublicKey {
  /** MD5 of the key's DER (PKCS#1), hex: how digests name it. */
  readonly fingerprint: string;
  readonly key: KeyObject;
}

/** A key by the `Value` of ListPublicKeys: base64 of DER, PKCS#1 as CloudTrail has it or SPKI. Null when it is none. */
export function keyOfValue(value: string): PublicKey | null {
  const der = Buffer.from(value.replace(/\s+/g, ''), 'base64');
  return (
    keyOf({ key: der, format: 'der', type: 'pkcs1' }) ?? keyOf({ key: der, format: 'der', type: 'spki' })
  );
}

/** The keys of a file: PEM blocks, the answer of ListPublicKeys, or base64 of one key. Empty when it holds none. */
export function keysOfFile(text: string): readonly PublicKey[] {
  const blocks = text.match(/-----BEGIN [A-Z ]+-----[\s\S]+?-----END [A-Z ]+-----/g);
  if (blocks) return blocks.flatMap((pem) => keyOf({ key: pem, format: 'pem' }) ?? []);
  const values = [...text.matchAll(/"Value"\s*:\s*"([^"]+)"/g)].map(([, value = '']) => value);
  return (values.length > 0 ? values : [text]).flatMap((value) => keyOfValue(value) ?? []);
}

function keyOf(input: Parameters<typeof createPublicKey>[0]): PublicKey | null {
  try {
    const key = createPublicKey(input);
    if (key.asymmetricKeyType !== 'rsa') return null;
    const der = key.export({ type: 'pkcs1', format: 'der' });
    return { fingerprint: createHash('md5').update(der).digest('hex'), key };
  } catch {
    return null;
  }
}
