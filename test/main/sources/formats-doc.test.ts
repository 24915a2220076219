import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTEXT } from '../../../src/main/evidence/originals/context-shapes';
import { sources } from '../../../src/main/sources';
import type { Source } from '../../../src/main/sources/source';

const FILE = join(import.meta.dirname, '../../../docs/formats.md');

const HEAD = `# Formats

Made from the sources (src/main/sources) by test/main/sources/formats-doc.test.ts; run it with UPDATE_GOLDEN=1 after a change.

Give Coldtrail a folder, a file or an archive: .zip, .tar, .tar.gz and .tar.zst, one inside another included, of any size. Files can be
plain, gzip, zstd, UTF-8 or UTF-16, with a byte order mark, cut or damaged: what is told by content is read, names play no part. Every
file ends as imported, context, not evidence, or an issue that says what it seems to be; in every file
records = unique + duplicates + issue records, and each record is shown again from its original.
`;

const TAIL = `
# Further
## Flow logs without a header
CloudWatch Logs keeps flow records without their field names. The default format needs none; for any other one, a file in the
bundle must name the order: a line of field names, the answer of \`aws ec2 describe-flow-logs\`, or the CloudTrail record of
CreateFlowLogs. A log that fits none, or more than one, is an issue; opened
again with such a file beside it, or with \`open --flow-format 'version vpc-id srcaddr dstaddr ...'\`, it is read.

## Source maps
A map makes a source of files that no source reads; it is asked for no other file. \`records\` is the path to the list in each document
(leave it out for lists, JSON lines, tables and Parquet), \`time.format\` is \`iso\`, \`epoch-seconds\`, \`epoch-milliseconds\`,
\`epoch-microseconds\` or a pattern of strptime; each column takes the path of a field, and all other fields stay in \`extra\`:
\`\`\`yaml
name: proxy
files: '*.proxy.json'
records: data.rows
time: { field: ts, format: epoch-milliseconds }
columns: { actor: user.name, action: verb, source_ip: client, target: url, outcome: status }
# also: account_id, aws_region
# of lines of text, in place of records, by a regular expression with named groups:
# lines: '^(?<client>\\S+) (?<verb>\\S+) (?<url>\\S+)'
\`\`\`

## Other context
Recognised and listed, not read:
`;

const DESCRIPTIONS = `
# Descriptions
Context that is read: no events and no times, but names, tags, rights and owners of what the logs name. Each row names its file.
Of two descriptions of one thing the later one counts.
`;

function section({ id, title, table, formats }: Source): string {
  return `\n## ${title}\n\`${id}\`, table \`${table}\`\n${formats.map((format) => `- ${format}\n`).join('')}`;
}

function document(): string {
  const all = [...sources.values()];
  const logs = all.filter((source) => source.timeColumn !== null).map(section);
  const descriptions = all.filter((source) => source.timeColumn === null).map(section);
  const parts = [...logs, DESCRIPTIONS, ...descriptions];
  const context = [...new Set(CONTEXT.map(({ what }) => what))].sort();
  const others = [
    'EKS authenticator and control plane log lines',
    'MaxMind database',
    'archives, whose members are listed',
  ];
  return `${HEAD}${parts.join('')}${TAIL}${[...context, ...others].map((what) => `- ${what}\n`).join('')}`;
}

test('docs/formats.md is current', () => {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FILE, document());
  expect(readFileSync(FILE, 'utf8')).toBe(document());
});
