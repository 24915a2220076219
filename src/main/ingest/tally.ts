/** How far an import is. */
export interface IngestProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Records that are in, copies included. */
  readonly records: number;
}

/** Counts what an import has found, read and written. */
export class Tally {
  #files = 0;
  #bytes = 0;
  #filesDone = 0;
  #bytesDone = 0;
  /** Read of the file that is being read. */
  #bytesOfFile = 0;
  #records = 0;

  /** More files to read, of so many stored bytes together. */
  found(files: number, bytes: number): void {
    this.#files += files;
    this.#bytes += bytes;
  }

  /** So far into a large file. */
  inFile(bytes: number): void {
    this.#bytesOfFile = bytes;
  }

  /** A file is read; of an archive the members count. */
  read(bytes: number): void {
    this.#bytesOfFile = 0;
    this.#filesDone += 1;
    this.#bytesDone += bytes;
  }

  /** A file that was read will be read again. */
  again(bytes: number): void {
    this.#filesDone -= 1;
    this.#bytesDone -= bytes;
  }

  written(records: number): void {
    this.#records += records;
  }

  get progress(): IngestProgress {
    return {
      filesDone: this.#filesDone,
      filesTotal: this.#files,
      bytesDone: this.#bytesDone + this.#bytesOfFile,
      bytesTotal: this.#bytes,
      records: this.#records,
    };
  }
}
