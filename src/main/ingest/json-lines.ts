/** Lines of `{"f":file,"o":records before,"Records":[...]}` for consecutive records, in pieces the engine takes easily. */
export class JsonLines {
  records = 0;
  longestLine = 0;
  private readonly out: Buffer[] = [];
  private next = -1;
  private lineBytes = 0;

  constructor(private readonly fileId: number) {}

  /** Adds the record that is number `index` (0-based) of its file; it has no line ends. */
  add(index: number, record: Buffer): void {
    if (index === this.next && this.lineBytes < CHUNK_BYTES) this.out.push(Buffer.from(','), record);
    else {
      this.closeLine();
      this.out.push(Buffer.from(`{"f":${this.fileId},"o":${index},"Records":[`), record);
      this.lineBytes = 0;
    }
    this.next = index + 1;
    this.lineBytes += record.length + 1;
    this.longestLine = Math.max(this.longestLine, this.lineBytes + 64);
    this.records += 1;
  }

  end(): readonly Buffer[] {
    this.closeLine();
    return this.out;
  }

  private closeLine(): void {
    if (this.next >= 0) this.out.push(Buffer.from(']}\n'));
    this.next = -1;
  }
}

const CHUNK_BYTES = 8 * 1024 ** 2;
