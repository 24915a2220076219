import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Truth } from '../../src/sample/stage/truth';

interface TrailRecord {
  readonly eventID: string;
  readonly eventTime: string;
  readonly eventName: string;
  readonly eventSource: string;
  readonly recipientAccountId: string;
  readonly sourceIPAddress: string;
  readonly sharedEventID?: string;
  readonly userIdentity: { readonly type: string; readonly arn?: string; readonly accessKeyId?: string };
}

export interface ReadBundle {
  readonly files: readonly string[];
  readonly records: readonly TrailRecord[];
  readonly byId: ReadonlyMap<string, TrailRecord>;
  readonly flowLines: readonly string[];
  readonly findings: readonly {
    readonly id: string;
    readonly type: string;
    readonly schemaVersion: string;
  }[];
  readonly truth: Truth;
}

/** Reads a composed bundle back, file by file, as its formats say. */
export function readBundle(out: string): ReadBundle {
  const bundle = join(out, 'bundle');
  const files = (readdirSync(bundle, { recursive: true }) as string[])
    .filter((f) => f.endsWith('.gz'))
    .sort();
  const records: TrailRecord[] = [];
  const flowLines: string[] = [];
  const findings: ReadBundle['findings'][number][] = [];
  for (const file of files) {
    const text = gunzipSync(readFileSync(join(bundle, file))).toString('utf8');
    if (file.includes('/CloudTrail/'))
      records.push(...(JSON.parse(text) as { Records: TrailRecord[] }).Records);
    else if (file.includes('/vpcflowlogs/')) flowLines.push(...text.trimEnd().split('\n'));
    else
      findings.push(
        ...text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as ReadBundle['findings'][number]),
      );
  }
  return {
    files,
    records,
    byId: new Map(records.map((record) => [record.eventID, record])),
    flowLines,
    findings,
    truth: JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as Truth,
  };
}
