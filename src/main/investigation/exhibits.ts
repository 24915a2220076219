import type { Exhibit } from '../../shared/model/exhibit';
import type { Connection } from '../db/database';

export interface Place {
  readonly source: string;
  readonly fileId: number;
  readonly recordNo: number;
  readonly eventId: string | null;
}

/** Numbers the records that sentences cite: the same record keeps its number. */
export class ExhibitBook {
  private readonly known = new Map<string, Exhibit>();
  private readonly files = new Map<number, { path: string; sha256: string }>();

  constructor(private readonly connection: Connection) {}

  async cite(places: readonly Place[]): Promise<Exhibit[]> {
    await this.lookUp(places.map(({ fileId }) => fileId).filter((id) => !this.files.has(id)));
    return places.map((place) => {
      const key = `${place.source} ${place.fileId} ${place.recordNo}`;
      const exhibit = this.known.get(key) ?? this.make(place);
      this.known.set(key, exhibit);
      return exhibit;
    });
  }

  private async lookUp(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await this.connection.rows<{ id: number; path: string; sha256: string }>(
      'SELECT file_id AS id, path, sha256 FROM files WHERE file_id IN (SELECT unnest(CAST($ids AS JSON)::INTEGER[]))',
      { ids: JSON.stringify([...new Set(ids)]) },
    );
    for (const { id, path, sha256 } of rows) this.files.set(id, { path, sha256 });
  }

  private make(place: Place): Exhibit {
    const file = this.files.get(place.fileId);
    if (!file) throw new Error(`no file ${place.fileId}`);
    return {
      n: this.known.size + 1,
      kind: place.source,
      file: file.path,
      recordNo: place.recordNo,
      eventId: place.eventId,
      sha256: file.sha256,
    };
  }
}
