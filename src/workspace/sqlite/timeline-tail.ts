// The tail of the timelines: the newest activities of each partition, which have no entries yet. They are entered some
// thousand at a time, in key order, and until then whoever wants somebody's looks through all of them.
//
// Entered one by one, with a hundred thousand people about, nearly every one changed another page of its stretch: of what
// a commit wrote to the disk that was the most, and entering was a quarter of what an event cost the workspace.
import type { StatementSync } from 'node:sqlite';
import { pastPartition, positionNumber } from '../log-position.ts';
import { readMeta, writeMeta } from './meta-rows.ts';
import { epochBits, epochOf, stretchOf } from './stretches.ts';

/** Offsets after which a tail is entered: looking through it takes a millisecond, entering it less than ten. */
export const tailOffsets = 4096;

type Prepare = (sql: string) => StatementSync;

/** Position numbers from `from` on and below `to`. */
interface Tail {
  readonly from: number;
  readonly to: number;
}

/** What has not been entered, of each partition. */
export const readTails = (prepare: Prepare): readonly Tail[] =>
  prepare('SELECT partition, entered FROM cursor')
    .all()
    .map((row) => ({
      from: positionNumber(Number(row['partition']), Number(row['entered']), 0),
      to: pastPartition(Number(row['partition'])),
    }));

/** Runs inside the caller's transactions. */
export class TimelineTail {
  readonly #prepare: Prepare;

  constructor(prepare: Prepare) {
    this.#prepare = prepare;
  }

  /** Enters what lies before the offset `to`, once that is much. `entered`: up to where the last time went. */
  grown(partition: number, entered: number, to: number): void {
    if (to - entered >= tailOffsets) this.#enter(partition, entered, to);
  }

  /** Enters everything there is. */
  enterAll(): void {
    for (const row of this.#prepare('SELECT partition, entered, "offset" FROM cursor WHERE entered < "offset"').all())
      this.#enter(Number(row['partition']), Number(row['entered']), Number(row['offset']));
  }

  #enter(partition: number, from: number, to: number): void {
    const end = positionNumber(partition, to, 0);
    for (let number = positionNumber(partition, from, 0); number < end;) {
      const next = Math.min(end, (epochOf(number) + 1) * 2 ** epochBits);
      this.#enterInto(stretchOf(number), number, next);
      number = next;
    }
    this.#prepare('UPDATE cursor SET entered = ? WHERE partition = ?').run(to, partition);
  }

  #enterInto(stretch: number, from: number, to: number): void {
    this.#prepare(
      `INSERT INTO timeline SELECT ?, subject, at, number FROM activity WHERE number >= ? AND number < ?
       ORDER BY subject, at, number`,
    ).run(stretch, from, to);
    this.#prepare(
      `INSERT INTO stretch SELECT ?, min(at), max(at), max(coalesce(log, received_at)), 0 FROM activity
       WHERE number >= ? AND number < ? HAVING count(*) > 0
       ON CONFLICT DO UPDATE SET min_at = min(min_at, excluded.min_at), max_at = max(max_at, excluded.max_at),
         max_log = max(max_log, excluded.max_log), swept = 0`,
    ).run(stretch, from, to);
    // New entries may lie before the place that a sweep of this stretch has come to: it begins again.
    if (readMeta(this.#prepare, 'sweep_stretch') !== stretch) return;
    for (const name of ['sweep_subject', 'sweep_at', 'sweep_number'] as const) writeMeta(this.#prepare, name, 0);
  }
}
