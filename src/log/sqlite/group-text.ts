// The bodies of a group one after another as UTF-8, encoded as they come: they travel to the writer and are compressed as
// bytes. Only small blocks, which the log keeps as text, become strings again.
//
// A body that waited for its commit as a string would outlive a collection or two of the young generation, and then be
// garbage of the old one: under batches that were nine collections a second of everything.

const firstBytes = 16 * 1024;
/** UTF-8 bytes of a UTF-16 unit at most. */
const bytesPerUnit = 3;

export class GroupText {
  #bytes: Buffer<ArrayBuffer>;
  #end = 0;

  /** `memory`: what an earlier one was made in. */
  constructor(memory = new ArrayBuffer(firstBytes)) {
    this.#bytes = Buffer.from(memory);
  }

  /** Makes room for bodies of so many UTF-16 units. Throws RangeError when there is no memory; nothing has changed then. */
  makeRoom(units: number): void {
    const most = this.#end + units * bytesPerUnit;
    if (most > this.#bytes.length) this.#grow(most);
  }

  /** Appends a body, well-formed Unicode; the bytes there are then. */
  add(body: string): number {
    this.makeRoom(body.length);
    this.#end += this.#bytes.write(body, this.#end);
    return this.#end;
  }

  /** Bytes so far. */
  get length(): number {
    return this.#end;
  }

  /** At the beginning of its memory, which goes with it when it is sent to another thread. */
  get content(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.buffer, 0, this.#end);
  }

  #grow(most: number): void {
    const larger = Buffer.from(new ArrayBuffer(Math.max(most, this.#bytes.length * 2)));
    this.#bytes.copy(larger, 0, 0, this.#end);
    this.#bytes = larger;
  }
}
