// A priority queue by time, earliest first.
import { Heap } from './heap.ts';

interface Due<T> {
  readonly at: number;
  readonly item: T;
}

export class DueQueue<T> {
  readonly #heap = new Heap<Due<T>>((a, b) => a.at < b.at);

  get size(): number {
    return this.#heap.size;
  }

  /** When the first item is due; Infinity when there is none. */
  get nextAt(): number {
    return this.#heap.first?.at ?? Infinity;
  }

  add(at: number, item: T): void {
    this.#heap.add({ at, item });
  }

  /** Takes the first item out if it is due by `now`. */
  take(now: number): T | undefined {
    return this.nextAt > now ? undefined : this.#heap.take()?.item;
  }

  /** Takes everything out, in no order. */
  drain(): readonly T[] {
    return this.#heap.drain().map(({ item }) => item);
  }
}
