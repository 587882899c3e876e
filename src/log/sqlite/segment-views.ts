// A few open segment files, the least recently used closed first.
import { SegmentView } from './segment-view.ts';
import { segmentPath } from './segment-file.ts';

const maxOpen = 8;

export class SegmentViews {
  readonly #folder: string;
  readonly #open = new Map<number, SegmentView>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The segment that begins at `first`. Throws when its file is gone. */
  get(first: number): SegmentView {
    const view = this.#open.get(first) ?? SegmentView.open(segmentPath(this.#folder, first));
    this.#open.delete(first);
    this.#open.set(first, view);
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= maxOpen) break;
      this.forget(oldest);
    }
    return view;
  }

  forget(first: number): void {
    this.#open.get(first)?.close();
    this.#open.delete(first);
  }

  /** Lets go of all segments that begin before `start`. */
  forgetBefore(start: number): void {
    for (const first of this.#open.keys()) if (first < start) this.forget(first);
  }

  close(): void {
    this.forgetBefore(Infinity);
  }
}
