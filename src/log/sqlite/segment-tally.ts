// Who sent what and when, of one segment, small enough to keep for good: after retention has unlinked the segment it
// still says exactly how many events of which source and minute any stretch of it held.
//
// Kept as runs in offset order: (source, minute, how many in a row). Encoded as varints (source index, zigzag difference
// of the minute, count) and deflated: a few bytes per minute with one source, at worst about half a byte per event.
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** How many events in a row came from one source within one minute of receipt. */
export interface Run {
  readonly sourceId: string;
  readonly minute: number;
  readonly events: number;
}

export const toMinute = (ms: number): number => Math.floor(ms / 60_000);

export class SegmentTally {
  /** Events per source so far; their order is the one that the encoded runs refer to. */
  readonly totals = new Map<string, number>();
  readonly #indexes = new Map<string, number>();
  #bytes = Buffer.alloc(64);
  #length = 0;
  #last: { source: number; minute: number; events: number } | null = null;
  #lastMinute = 0;

  /** Adds `events` in a row of one source and minute of receipt. */
  add(sourceId: string, minute: number, events: number): void {
    this.totals.set(sourceId, (this.totals.get(sourceId) ?? 0) + events);
    let source = this.#indexes.get(sourceId);
    if (source === undefined) this.#indexes.set(sourceId, (source = this.#indexes.size));
    if (this.#last && this.#last.source === source && this.#last.minute === minute) this.#last.events += events;
    else {
      this.#flush();
      this.#last = { source, minute, events };
    }
  }

  encode(): Uint8Array {
    this.#flush();
    return deflateRawSync(this.#bytes.subarray(0, this.#length), { level: 1 });
  }

  #flush(): void {
    if (!this.#last) return;
    const { source, minute, events } = this.#last;
    const step = minute - this.#lastMinute;
    this.#lastMinute = minute;
    this.#last = null;
    if (this.#length + 24 > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], this.#bytes.length * 2);
    this.#varint(source);
    this.#varint(step >= 0 ? step * 2 : -step * 2 - 1);
    this.#varint(events);
  }

  #varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }
}

/** The inverse of {@link SegmentTally.encode}. */
export function* decodeRuns(sources: readonly string[], encoded: Uint8Array): Generator<Run> {
  const bytes = inflateRawSync(encoded);
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  let minute = 0;
  while (at < bytes.length) {
    const sourceId = sources[varint()] ?? '';
    const step = varint();
    minute += step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    yield { sourceId, minute, events: varint() };
  }
}
