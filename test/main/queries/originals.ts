import { readBundle } from '../../sample/read-bundle';

/** One CloudTrail record of the originals, counted without any code of the product. */
export interface CountedCall {
  readonly id: string;
  /** Milliseconds. */
  readonly time: number;
  readonly isFailed: boolean;
  readonly api: string;
  readonly region: string;
  readonly account: string;
  readonly user: string | null;
  readonly role: string | null;
  readonly key: string | null;
  readonly address: string | null;
}

interface Identity {
  readonly type: string;
  readonly arn?: string;
  readonly accessKeyId?: string;
  readonly sessionContext?: { readonly sessionIssuer?: { readonly arn: string } };
}

/** Reads every record of a bundle's CloudTrail files with JSON.parse alone, each id once. */
export function callsOfOriginals(out: string): CountedCall[] {
  const { byId } = readBundle(out);
  return [...byId.values()].map((record) => {
    const { userIdentity, ...rest } = record as typeof record & { errorCode?: string; awsRegion: string };
    const who = userIdentity as Identity;
    const isAddress = /^[\d.]+$/.test(record.sourceIPAddress);
    const isSignInFailure = JSON.stringify(record).includes('"ConsoleLogin":"Failure"');
    return {
      id: record.eventID,
      time: Date.parse(record.eventTime),
      isFailed: rest.errorCode !== undefined || isSignInFailure,
      api: record.eventName,
      region: rest.awsRegion,
      account: record.recipientAccountId,
      user: who.type === 'IAMUser' ? (who.arn ?? null) : null,
      role: who.type === 'AssumedRole' ? (who.sessionContext?.sessionIssuer?.arn ?? null) : null,
      key: who.accessKeyId ?? null,
      address: isAddress ? record.sourceIPAddress : null,
    };
  });
}

export interface CountedFlow {
  readonly interfaceId: string;
  /** Milliseconds. */
  readonly start: number;
  readonly addresses: readonly [string, string];
  readonly action: string;
  readonly bytes: number;
}

/** Reads every flow record of a bundle in the default format, version 2. */
export function flowsOfOriginals(out: string): CountedFlow[] {
  return readBundle(out)
    .flowLines.map((line) => line.split(' '))
    .filter((fields) => fields[0] === '2')
    .map((f) => ({
      interfaceId: f[2] ?? '',
      start: Number(f[10]) * 1000,
      addresses: [f[3] ?? '', f[4] ?? ''],
      action: f[12] ?? '',
      bytes: Number(f[9]),
    }));
}
