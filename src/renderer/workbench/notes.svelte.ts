import type { Annotation } from '../../shared/contract/notes';
import { subjectKey, type AnnotationKind, type Subject } from '../../shared/model/annotation';
import type { Client } from '../api/client';

/** What a new annotation says; `id` is that of the one it changes. */
interface Draft {
  readonly id?: string | null;
  readonly kind: AnnotationKind;
  readonly subject: Subject;
  readonly title?: string;
  readonly text: string;
}

export const CASE_SUBJECT: Subject = { kind: 'case', type: '', id: '' };

/** Everything the analysts wrote into the open case: there are few, so all of them are held, by what they are about. */
export class Notes {
  all = $state.raw<readonly Annotation[]>([]);
  /** Lines of the action log, and the first that does not follow from those before it. */
  logLines = $state(0);
  brokenAt = $state<number | null>(null);
  error = $state.raw<unknown>(null);
  #turn = 0;

  readonly #bySubject = $derived.by(() => {
    const map = new Map<string, Annotation[]>();
    for (const row of this.all) {
      // Tables know a record by its place in this case, the log by the hash of its file.
      const key = row.record === null ? subjectKey(row.subject) : recordKey(row.subject.type, row.record);
      map.set(key, [...(map.get(key) ?? []), row]);
    }
    return map;
  });

  constructor(private readonly client: Client) {}

  of(subject: Subject): readonly Annotation[] {
    return this.#bySubject.get(subjectKey(subject)) ?? [];
  }

  ofRecord(
    source: string,
    place: { readonly fileId: number; readonly recordNo: number },
  ): readonly Annotation[] {
    return this.#bySubject.get(recordKey(source, place)) ?? [];
  }

  async reload(): Promise<void> {
    const turn = (this.#turn += 1);
    try {
      const { rows, logLines, brokenAt } = await this.client.call('notes/list', null);
      if (turn !== this.#turn) return;
      this.all = rows;
      this.logLines = logLines;
      this.brokenAt = brokenAt;
      this.error = null;
    } catch (error) {
      if (turn === this.#turn) this.error = error;
    }
  }

  clear(): void {
    this.#turn += 1;
    this.all = [];
  }

  async put({ id = null, kind, subject, title = '', text }: Draft): Promise<void> {
    await this.client.call('notes/put', { id, kind, subject, title, text });
    await this.reload();
  }

  async remove(id: string): Promise<void> {
    await this.client.call('notes/remove', { id });
    await this.reload();
  }
}

function recordKey(source: string, place: { readonly fileId: number; readonly recordNo: number }): string {
  return `record|${source}|#${place.fileId}:${place.recordNo}`;
}
