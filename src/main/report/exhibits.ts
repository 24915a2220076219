import type { Exhibit } from '../../shared/model/exhibit';
import type { Incident } from '../../shared/model/incident';
import type { CaseFolder } from '../case/case-folder';
import { readOriginal } from '../evidence/original';
import type { Connection } from '../db/database';
import { maskSecrets } from './mask-secrets';
import type { ReportExhibit } from './model';

/** The distinct exhibits of an incident's answers, by number. */
function citedExhibits(incident: Incident): Exhibit[] {
  const byNumber = new Map<number, Exhibit>();
  const { how, where, prevent } = incident.answers;
  for (const cited of [...how, ...where, ...prevent]) {
    for (const exhibit of cited.exhibits) byNumber.set(exhibit.n, exhibit);
  }
  return [...byNumber.values()].sort((a, b) => a.n - b.n);
}

/** The exhibits of one incident with their records, read from the originals. */
export async function loadExhibits(
  connection: Connection,
  caseFolder: CaseFolder,
  incident: Incident,
  index: number,
): Promise<ReportExhibit[]> {
  const out: ReportExhibit[] = [];
  for (const exhibit of citedExhibits(incident)) {
    const [file] = await connection.rows<{ file_id: number }>(
      'SELECT file_id FROM files WHERE path = $path ORDER BY file_id LIMIT 1',
      {
        path: exhibit.file,
      },
    );
    const original = file
      ? await readOriginal(caseFolder, {
          kind: exhibit.kind,
          fileId: file.file_id,
          recordNo: exhibit.recordNo,
        })
      : null;
    out.push({
      label: `${index}-${exhibit.n}`,
      kind: exhibit.kind,
      file: exhibit.file,
      recordNo: exhibit.recordNo,
      eventId: exhibit.eventId,
      sha256: exhibit.sha256,
      record: original ? maskSecrets(indented(original.text)) : '',
      exact: original?.exact ?? false,
    });
  }
  return out;
}

/** JSON indented by one blank a level; other text as it is. */
function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 1);
  } catch {
    return text;
  }
}
