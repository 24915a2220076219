import type { Exhibit } from '../../shared/model/exhibit';
import type { Incident } from '../../shared/model/incident';
import type { CaseFolder } from '../case/case-folder';
import { readOriginal } from '../evidence/original';
import type { Connection } from '../db/database';
import fieldsSql from './exhibit-fields.sql?raw';
import { maskSecrets } from '../../shared/text/mask-secrets';
import type { ExhibitFields, ReportExhibit } from './model';

interface Place {
  readonly kind: string;
  readonly fileId: number;
  readonly recordNo: number;
}

/** The distinct exhibits of an incident's answers, by number. */
function citedExhibits(incident: Incident): Exhibit[] {
  const byNumber = new Map<number, Exhibit>();
  const { how, where, prevent, could, unknown } = incident.answers;
  for (const cited of [...how, ...where, ...prevent, ...could, ...unknown]) {
    for (const exhibit of cited.exhibits) byNumber.set(exhibit.n, exhibit);
  }
  return [...byNumber.values()].sort((a, b) => a.n - b.n);
}

/** The exhibits of one incident with their key fields and their records, read from the originals. */
export async function loadExhibits(
  connection: Connection,
  caseFolder: CaseFolder,
  incident: Incident,
  index: number,
): Promise<ReportExhibit[]> {
  const cited = citedExhibits(incident);
  const files = await filesOf(connection, cited);
  const places = cited.map((e) => ({
    kind: e.kind,
    fileId: files.get(e.file)?.id ?? -1,
    recordNo: e.recordNo,
  }));
  const fields = await fieldsOf(connection, places);
  const out: ReportExhibit[] = [];
  for (const [i, exhibit] of cited.entries()) {
    const place = places[i];
    if (!place) continue;
    const original =
      place.fileId < 0 ? null : await readOriginal(caseFolder, place, connection).catch(() => null);
    out.push({
      label: `${index}-${exhibit.n}`,
      kind: exhibit.kind,
      file: exhibit.file,
      name: files.get(exhibit.file)?.name ?? exhibit.file,
      fileId: place.fileId,
      recordNo: exhibit.recordNo,
      eventId: exhibit.eventId,
      sha256: exhibit.sha256,
      ...(fields.get(keyOf(place)) ?? NO_FIELDS),
      record: original ? maskSecrets(indented(original.text)) : '',
      exact: original?.exact ?? false,
      hashMatches: original?.hashMatches ?? null,
    });
  }
  return out;
}

const NO_FIELDS: ExhibitFields = {
  time: null,
  action: 'record that is not in the case any more',
  principal: null,
  credential: null,
  ip: null,
  account: null,
  region: null,
  error: null,
  detail: '',
};
/** Characters of request parameters that a line of the PDF can take. */
const DETAIL_LENGTH = 180;

export function keyOf({ kind, fileId, recordNo }: Place): string {
  return `${kind} ${fileId} ${recordNo}`;
}

/** The files of the exhibits by their paths. */
async function filesOf(
  connection: Connection,
  cited: readonly Exhibit[],
): Promise<Map<string, { readonly id: number; readonly name: string }>> {
  const rows = await connection.rows<{ path: string; id: number; name: string }>(
    'SELECT path, min(file_id) AS id, any_value(name ORDER BY file_id) AS name FROM files WHERE path IN (SELECT unnest(from_json(CAST($paths AS JSON), \'["VARCHAR"]\'))) GROUP BY path',
    { paths: JSON.stringify([...new Set(cited.map((e) => e.file))]) },
  );
  return new Map(rows.map(({ path, ...file }) => [path, file]));
}

/** The key fields of the records at the places, by `keyOf`. */
async function fieldsOf(
  connection: Connection,
  places: readonly Place[],
): Promise<Map<string, ExhibitFields>> {
  const rows = await connection.rows<ExhibitFields & Place>(fieldsSql, { places: JSON.stringify(places) });
  return new Map(
    rows.map(({ kind, fileId, recordNo, ...fields }) => [
      keyOf({ kind, fileId, recordNo }),
      { ...fields, detail: shortened(maskSecrets(fields.detail)) },
    ]),
  );
}

/** Request parameters without braces and quotes where that loses nothing. */
function shortened(json: string): string {
  const plain = json === 'null' ? '' : json.replace(/^\{|\}$/g, '').replace(/"([\w.-]+)":/g, '$1: ');
  return plain.length > DETAIL_LENGTH ? `${plain.slice(0, DETAIL_LENGTH - 1)}\u2026` : plain;
}

/** JSON indented by one blank a level; other text as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 1);
  } catch {
    return text;
  }
}
