// Gathers the entries of several appends into one group for the writer, and hands the outcome back to each.
import { systemClock } from '../../lib/clock.ts';
import type { Appended, LogEntry } from '../event-log.ts';
import type { LogGroup } from './block.ts';
import { GroupText } from './group-text.ts';
import type { Committed } from './segment-writer.ts';

interface Caller {
  readonly from: number;
  readonly to: number;
  readonly resolve: (appended: readonly Appended[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Memory of an entry beside its strings. */
const entryBytes = 128;

export class GroupBuilder {
  /** When it was begun, by the monotonic clock. */
  readonly openedAt = systemClock.monotonic();
  /** Bytes it holds in memory, about. */
  bytes = 0;
  readonly #sources = new Map<string, number>();
  readonly #source: number[] = [];
  readonly #ids: string[] = [];
  readonly #received: number[] = [];
  readonly #text: GroupText;
  readonly #ends: number[] = [];
  readonly #lengths: number[] = [];
  readonly #callers: Caller[] = [];

  /** `memory`: what came back of an earlier group's text. */
  constructor(memory?: ArrayBuffer) {
    this.#text = new GroupText(memory);
  }

  get events(): number {
    return this.#ids.length;
  }

  get appends(): number {
    return this.#callers.length;
  }

  /** Adds the entries of one append; they stay together. */
  add(entries: readonly LogEntry[]): Promise<readonly Appended[]> {
    const from = this.#ids.length;
    const textFrom = this.#text.length;
    // The one step that can fail, before anything has changed.
    this.#text.makeRoom(entries.reduce((units, { body }) => units + body.length, 0));
    for (const entry of entries) {
      let source = this.#sources.get(entry.sourceId);
      if (source === undefined) this.#sources.set(entry.sourceId, (source = this.#sources.size));
      this.#source.push(source);
      this.#ids.push(entry.messageId);
      this.#received.push(entry.receivedAt);
      this.#ends.push(this.#text.add(entry.body));
      this.#lengths.push(entry.body.length);
      this.bytes += entry.messageId.length + entryBytes;
    }
    this.bytes += this.#text.length - textFrom;
    return new Promise((resolve, reject) => {
      this.#callers.push({ from, to: this.#ids.length, resolve, reject });
    });
  }

  toGroup(): LogGroup {
    return {
      sources: [...this.#sources.keys()],
      source: this.#source,
      ids: this.#ids,
      received: this.#received,
      text: this.#text.content,
      ends: this.#ends,
      lengths: this.#lengths,
    };
  }

  stored({ first, duplicates }: Committed): void {
    let duplicate = 0;
    let next = first;
    for (const { from, to, resolve } of this.#callers) {
      const appended: Appended[] = [];
      for (let index = from; index < to; index++) {
        if (duplicates[duplicate] === index) {
          appended.push({ offset: duplicates[duplicate + 1] ?? 0, partition: 0, duplicate: true });
          duplicate += 2;
        } else appended.push({ offset: next++, partition: 0, duplicate: false });
      }
      resolve(appended);
    }
  }

  refused(error: unknown): void {
    for (const { reject } of this.#callers) reject(error);
  }
}
