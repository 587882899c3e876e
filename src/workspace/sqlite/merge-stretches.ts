// Puts neighbouring stretches of timelines together once all of them is entered (timeline-tail.ts), a slice at a time, so that a timeline is
// found by asking a few dozen stretches and not one for every 65,536 events there ever were.
//
// A slice moves the entries with the lowest keys out of all the parts into the whole, in key order, and takes them out of
// the parts in the same transaction: an entry is in one place at any time, and nothing but what is still in the parts says
// how far the work is. A slice ends at the lowest key that comes some entries further on in one of the parts, so its size
// is bounded however the subjects are spread.
//
// The shortest go first, so that all parts of a whole are there before the first of them moves: what the whole then says
// of its times holds for everything that will ever be in it.
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { statements } from '../../lib/sqlite.ts';
import { levelOf, longer, offsetOfEpoch, parseStretch, partitionOfEpoch, topLevel } from './stretches.ts';

/** Entries that a slice takes from each part at most. */
const entriesOfPart = 256;

type Key = readonly SQLOutputValue[];

export class StretchMerger {
  readonly #prepare: (sql: string) => StatementSync;

  constructor(db: DatabaseSync) {
    this.#prepare = statements(db);
  }

  /** Does one slice, inside the caller's transaction; whether it found anything to do. */
  slice(): boolean {
    const stretches = this.#prepare(`SELECT stretch FROM stretch ORDER BY ${levelOf('stretch')}, stretch`)
      .all()
      .map(({ stretch }) => Number(stretch));
    const part = stretches.find((stretch) => this.#isEntered(stretch));
    if (part === undefined) return false;
    const whole = longer(part);
    const { level } = parseStretch(part);
    const parts = stretches.filter((one) => parseStretch(one).level === level && longer(one) === whole);
    this.#move(parts, whole);
    return true;
  }

  /** Whether all of the next longer stretch has been entered, so that nothing can come to it any more. */
  #isEntered(stretch: number): boolean {
    if (parseStretch(stretch).level >= topLevel) return false;
    const { from, to } = parseStretch(longer(stretch));
    const partition = partitionOfEpoch(from);
    const cursor = this.#prepare('SELECT entered FROM cursor WHERE partition = ?').get(partition);
    return Number(cursor?.['entered'] ?? 0) >= offsetOfEpoch(from) + offsetOfEpoch(to - from);
  }

  #move(parts: readonly number[], whole: number): void {
    const list = parts.join(', ');
    // From the first slice on, so that what is already in the whole is found there. It counts as swept when all parts do.
    this.#prepare(
      `INSERT INTO stretch SELECT ?, min(min_at), max(max_at), max(max_log), min(swept) FROM stretch WHERE stretch IN (${list})
       ON CONFLICT DO NOTHING`,
    ).run(whole);
    const end = this.#end(parts);
    const bound = end ? 'AND (subject, at, number) <= (?, ?, ?)' : '';
    const key = end ?? [];
    this.#prepare(
      `INSERT INTO timeline SELECT ?, subject, at, number FROM timeline WHERE stretch IN (${list}) ${bound}
       ORDER BY subject, at, number`,
    ).run(whole, ...key);
    for (const part of parts) {
      this.#prepare(`DELETE FROM timeline WHERE stretch = ? ${bound}`).run(part, ...key);
      if (!end) this.#prepare('DELETE FROM stretch WHERE stretch = ?').run(part);
    }
  }

  /** The last key of the next slice; null when it is everything that is left. */
  #end(parts: readonly number[]): Key | null {
    const statement = this.#prepare(
      'SELECT subject, at, number FROM timeline WHERE stretch = ? ORDER BY subject, at, number LIMIT 1 OFFSET ?',
    );
    statement.setReturnArrays(true);
    let end: Key | null = null;
    for (const part of parts) {
      const key = statement.get(part, entriesOfPart - 1) as unknown as Key | undefined;
      if (key && (end === null || isBefore(key, end))) end = key;
    }
    return end;
  }
}

function isBefore(a: Key, b: Key): boolean {
  const index = a.findIndex((value, place) => value !== b[place]);
  return index >= 0 && Number(a[index]) < Number(b[index]);
}
