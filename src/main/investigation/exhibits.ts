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
    const out: Exhibit[] = [];
    for (const place of places) {
      const key = `${place.source} ${place.fileId} ${place.recordNo}`;
      const known = this.known.get(key) ?? (await this.make(place));
      this.known.set(key, known);
      out.push(known);
    }
    return out;
  }

  private async make(place: Place): Promise<Exhibit> {
    const file =
      this.files.get(place.fileId) ??
      (await this.connection.row<{ path: string; sha256: string }>(
        'SELECT path, sha256 FROM files WHERE file_id = $id',
        { id: place.fileId },
      ));
    this.files.set(place.fileId, file);
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
