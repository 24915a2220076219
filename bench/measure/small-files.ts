import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const RECORDS = 5;

/** The records of a bundle in so many files of five: what a quiet account delivers. */
export function smallFiles(bundle: string, out: string, count: number): string {
  if (existsSync(out)) return out;
  mkdirSync(out, { recursive: true });
  let written = 0;
  for (const name of readdirSync(bundle, { recursive: true, encoding: 'utf8' })) {
    if (!name.includes('_CloudTrail_')) continue;
    const { Records } = JSON.parse(gunzipSync(readFileSync(join(bundle, name))).toString()) as {
      Records: unknown[];
    };
    for (let from = 0; from + RECORDS <= Records.length && written < count; from += RECORDS) {
      const text = JSON.stringify({ Records: Records.slice(from, from + RECORDS) });
      writeFileSync(join(out, `${String(written).padStart(6, '0')}.json.gz`), gzipSync(text));
      written += 1;
    }
  }
  return out;
}
