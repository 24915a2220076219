import type { Annotation } from '../../shared/contract/notes';
import { isEntityType } from '../format/entity';
import type { Workbench } from '../workbench/workbench.svelte';

/** Opens what an annotation is about; null when the case does not hold it. */
export function opener(workbench: Workbench, note: Annotation): (() => void) | null {
  const { kind, type, id } = note.subject;
  const { record } = note;
  if (note.kind === 'search') return () => workbench.search(note.text);
  if (note.kind === 'query') return () => workbench.navigation.go('sql', { text: note.text });
  if (note.kind === 'hypothesis') return null;
  if (kind === 'case') return note.kind === 'bookmark' ? workbench.followable(note.text) : null;
  if (kind === 'record')
    return record === null
      ? null
      : () => workbench.records.open({ kind: type, recordNo: record.recordNo, file: record.fileId });
  if (note.label === null) return null;
  if (kind === 'incident') return () => workbench.openIncident(id);
  if (kind === 'finding') return () => workbench.openFinding(id);
  return isEntityType(type) ? () => workbench.openEntity({ type, id }) : null;
}
