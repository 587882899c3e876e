// Whose event lies at an offset: what confirms a hash hit. Keeps the last few blocks' keys, because duplicates come in
// batches: a client that sends a batch again asks for the same block a hundred times.
import type { KeyedBlock, SegmentView } from './segment-view.ts';
import { sourceAt } from './block.ts';

const maxBlocks = 16;

export class StoredKeys {
  readonly #viewOf: (offset: number) => SegmentView | null;
  readonly #recent: KeyedBlock[] = [];

  /** `viewOf` gives the segment that holds an offset, or null when it is gone. */
  constructor(viewOf: (offset: number) => SegmentView | null) {
    this.#viewOf = viewOf;
  }

  has(offset: number, sourceId: string, messageId: string): boolean {
    const block = this.#blockAt(offset);
    if (!block) return false;
    const index = offset - block.first;
    return block.keys.ids[index] === messageId && sourceAt(block.keys, index) === sourceId;
  }

  #blockAt(offset: number): KeyedBlock | null {
    const holds = (block: KeyedBlock): boolean => offset >= block.first && offset < block.first + block.keys.ids.length;
    const at = this.#recent.findIndex(holds);
    const known = at < 0 ? this.#viewOf(offset)?.keysAt(offset) : this.#recent.splice(at, 1)[0];
    if (!known || !holds(known)) return null;
    this.#recent.unshift(known);
    if (this.#recent.length > maxBlocks) this.#recent.pop();
    return known;
  }
}
