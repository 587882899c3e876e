// Finds events by messageId: sealed segments through their index files, the others by looking through their keys, newest
// first and in slices (a million events: 40 ms in blocks of a thousand, half a second in blocks of one).
// An index knows (source, messageId) pairs, so without a source each of the segment's sources is asked for.
import { setImmediate as immediate } from 'node:timers/promises';
import { FaultError } from '../../errors/errors.ts';
import type { LogRecord } from '../event-log.ts';
import { sourceAt, toRecords } from './block.ts';
import { KeyHash } from './key-hash.ts';
import { indexPath } from './segment-file.ts';
import { SegmentIndex } from './segment-index.ts';
import type { SegmentList } from './segment-list.ts';
import type { KeyedBlock, SegmentView } from './segment-view.ts';

interface Sealed {
  readonly index: SegmentIndex;
  readonly sources: readonly string[];
}

/** Offsets looked through in one go: some tens of milliseconds if each block holds one event. */
const sliceOffsets = 2 ** 16;

export class MessageFinder {
  readonly #segments: SegmentList;
  readonly #sealed = new Map<number, Sealed>();
  #hash: KeyHash | null = null;
  #closed = false;

  constructor(segments: SegmentList) {
    this.#segments = segments;
  }

  /** The latest record of each source with this messageId, newest first. */
  async find(messageId: string, sourceId?: string): Promise<readonly LogRecord[]> {
    const found = new Map<string, LogRecord>();
    const wanted = (source: string): boolean => !found.has(source) && (sourceId ?? source) === source;
    const take = (view: SegmentView, source: string, offset: number): void => {
      const record = recordAt(view, offset);
      if (record) found.set(source, record);
    };
    const { closed, unsealed } = this.#segments.now();
    for (const first of unsealed.toReversed()) {
      for (let to = this.#segments.view(first)?.end(first) ?? first; to > first; to -= sliceOffsets) {
        if (sourceId !== undefined && found.has(sourceId)) break;
        const view = this.#segments.view(first);
        for (const block of view?.blocksNaming(messageId, Math.max(first, to - sliceOffsets), to) ?? []) {
          for (const [source, offset] of positionsIn(block, messageId))
            if (view && wanted(source)) take(view, source, offset);
        }
        await immediate();
        if (this.#closed) throw new FaultError('shutting_down');
      }
    }
    for (const { first, removed } of closed.toReversed()) {
      if (removed !== null) this.#forget(first);
      if (removed !== null || (sourceId !== undefined && found.has(sourceId))) continue;
      for (const [source, offset] of this.#positions(first, messageId, wanted)) {
        const view = this.#segments.view(first);
        if (view) take(view, source, offset);
      }
    }
    return [...found.values()].sort((a, b) => b.offset - a.offset);
  }

  close(): void {
    this.#closed = true;
    for (const first of this.#sealed.keys()) this.#forget(first);
  }

  /** Where a sealed segment has the id, per source. The segment itself is opened only when its index may know it. */
  *#positions(
    first: number,
    messageId: string,
    wanted: (source: string) => boolean,
  ): Generator<readonly [source: string, offset: number]> {
    const hash = this.#keyHash();
    const sealed = this.#open(first);
    if (!hash || !sealed) return;
    for (const source of sealed.sources) {
      if (!wanted(source)) continue;
      hash.hash(source, messageId);
      const position = sealed.index.find(hash.hi, hash.lo, (candidate) => {
        const block = this.#segments.view(first)?.keysAt(first + candidate);
        const index = first + candidate - (block?.first ?? 0);
        return block?.keys.ids[index] === messageId && sourceAt(block.keys, index) === source;
      });
      if (position >= 0) yield [source, first + position];
    }
  }

  #open(first: number): Sealed | null {
    const known = this.#sealed.get(first);
    if (known) return known;
    const catalog = this.#segments.catalog();
    const seed = catalog?.readSeed();
    const index = seed ? SegmentIndex.open(indexPath(this.#segments.folder, first), seed, first) : null;
    if (!catalog || !index) return null;
    const sealed = { index, sources: catalog.totalsOf(first).map(([sourceId]) => sourceId) };
    this.#sealed.set(first, sealed);
    return sealed;
  }

  #forget(first: number): void {
    this.#sealed.get(first)?.index.close();
    this.#sealed.delete(first);
  }

  #keyHash(): KeyHash | null {
    const seed = this.#hash ? null : this.#segments.catalog()?.readSeed();
    if (seed) this.#hash = new KeyHash(seed);
    return this.#hash;
  }
}

/** Where a block has the id, newest first. */
function* positionsIn({ first, keys }: KeyedBlock, messageId: string): Generator<readonly [string, number]> {
  for (let index = keys.ids.length - 1; index >= 0; index--)
    if (keys.ids[index] === messageId) yield [sourceAt(keys, index), first + index];
}

function recordAt(view: SegmentView, offset: number): LogRecord | undefined {
  for (const { first, keys, body } of view.blocksFrom(offset)) return toRecords(first, keys, body)[offset - first];
  return undefined;
}
