import { createHash } from 'node:crypto';
import type { Incident } from '../../../shared/model/incident';
import { loadExhibits } from '../../report/exhibits';
import { loadIncidents } from '../../investigation/load';
import type { ExportContext, ExportFormat } from '../format';
import { zipOf } from '../zip-writer';

const README = `Exhibits of a Coldtrail case.

manifest.json lists each exhibit: its label in the report, the file and the number of the record in it (counted from 1),
the SHA-256 of that file as it was imported, and the SHA-256 of the text of the exhibit in this archive.
exhibits/ holds the texts: JSON indented by one blank a level, other records as they are, secrets masked.
To check one: hash the original, compare with the manifest, and count to the record.
`;

/** The cited records as files, with a manifest of their places and hashes. */
export const exhibits: ExportFormat = {
  name: 'exhibits',
  extension: '.zip',
  summary: 'the cited records with a manifest of places and hashes',
  write: async function* (context) {
    yield* zipOf(await members(context));
  },
};

async function members({ source, connection, caseFolder, outgoing }: ExportContext) {
  const wanted = new Set(source.incidents.map((i) => i.id));
  // The places are those of the case; what leaves is made fit below.
  const incidents = (await loadIncidents(connection)).filter((i) => wanted.has(i.id));
  const files: { name: string; bytes: Buffer }[] = [];
  const manifest: object[] = [];
  for (const [i, incident] of incidents.entries()) {
    for (const exhibit of outgoing(await loadExhibits(connection, caseFolder, incident, i + 1))) {
      const { label, kind, file, recordNo, eventId, sha256, exact, hashMatches, time, action } = exhibit;
      const bytes = Buffer.from(exhibit.record);
      const path = `exhibits/${label}.${isJson(exhibit.record) ? 'json' : 'txt'}`;
      files.push({ name: path, bytes });
      manifest.push({
        label,
        incident: incident.id,
        path,
        textSha256: createHash('sha256').update(bytes).digest('hex'),
        kind,
        file,
        recordNo,
        sha256,
        eventId,
        time,
        action,
        readFromOriginal: exact,
        originalUnchanged: hashMatches,
        citedBy: citedBy(incident, exhibit.label),
      });
    }
  }
  const { case: origin, tool, writtenAt } = source;
  const head = { schema: 'coldtrail-exhibits/1', case: origin, tool, writtenAt, exhibits: manifest };
  return [
    { name: 'README.txt', bytes: Buffer.from(README) },
    { name: 'manifest.json', bytes: Buffer.from(`${JSON.stringify(head, null, 1)}\n`) },
    ...files,
  ];
}

function isJson(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[');
}

/** Which sentences of the answers rest on it: `how 3`. */
function citedBy({ answers }: Incident, label: string): string[] {
  const n = Number(label.split('-')[1]);
  return (['how', 'where', 'prevent', 'could'] as const).flatMap((answer) =>
    answers[answer].flatMap((s, i) => (s.exhibits.some((e) => e.n === n) ? [`${answer} ${i + 1}`] : [])),
  );
}
