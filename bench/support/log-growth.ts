// What an event costs the log's writer as the log grows, beside a log kept young in the same process: slice by slice the
// two take turns, so that what the machine does meanwhile (cores change their speed by half within a minute) meets both.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { systemClock } from '../../src/lib/clock.ts';
import type { LogGroup } from '../../src/log/sqlite/block.ts';
import { GroupText } from '../../src/log/sqlite/group-text.ts';
import { createLogCells } from '../../src/log/sqlite/log-cells.ts';
import { defaultSegmentEvents, openSegmentWriter } from '../../src/log/sqlite/segment-writer.ts';
import type { SegmentWriter } from '../../src/log/sqlite/segment-writer.ts';
import { SqliteLogReader } from '../../src/log/sqlite/sqlite-log-reader.ts';
import { trackBody } from './track-body.ts';

export interface GrowthOptions {
  readonly folder: string;
  readonly groupEvents: number;
  /** How far the log grows; a whole number of steps. */
  readonly events: number;
  /** What one figure covers; no segment holds more. */
  readonly stepEvents: number;
}

export interface GrowthStep {
  /** Events in the log that grows. */
  readonly events: number;
  readonly eventsPerSecond: number;
  /** CPU of the whole process while it appended to that log, background work of the log included. */
  readonly cpuMicrosecondsPerEvent: number;
  /** The same of the log that is kept between one and two steps long. */
  readonly youngCpuMicrosecondsPerEvent: number;
  readonly memoryBytes: number;
}

/** Turns that the two logs take in a step. */
const turnsPerStep = 16;
/** More than an event of {@link trackBody} and its keys take on disk, and less than one and a half do. */
const storedBytes = 500;

/** Appends groups to writers on this thread, as their own threads would take them from a port. All ids are new. */
export async function growLog({ folder, groupEvents, events, stepEvents }: GrowthOptions): Promise<GrowthStep[]> {
  const groups = new Groups(groupEvents);
  const grown = new MeasuredLog(path.join(folder, 'grown'), stepEvents, groups);
  const young = new MeasuredLog(path.join(folder, 'young'), stepEvents, groups);
  const steps: GrowthStep[] = [];
  for (let stored = stepEvents; stored <= events; stored += stepEvents) {
    for (let turn = 0; turn < turnsPerStep; turn++) {
      await grown.append(stepEvents / turnsPerStep);
      await young.append(stepEvents / turnsPerStep);
    }
    const { seconds, cpuMicroseconds } = grown.takeUsage();
    steps.push({
      events: stored,
      eventsPerSecond: stepEvents / seconds,
      cpuMicrosecondsPerEvent: cpuMicroseconds / stepEvents,
      youngCpuMicrosecondsPerEvent: young.takeUsage().cpuMicroseconds / stepEvents,
      memoryBytes: await grown.memoryBytes(),
    });
    await young.trim(stepEvents * storedBytes);
  }
  await grown.close();
  await young.close();
  return steps;
}

/** Making bodies is not what is measured: a few hundred texts take turns, only the ids are new. */
class Groups {
  readonly size: number;
  readonly #texts: readonly Pick<LogGroup, 'text' | 'ends' | 'lengths'>[];

  constructor(size: number) {
    this.size = size;
    this.#texts = Array.from({ length: 200 }, (_, turn) => {
      const bodies = Array.from({ length: size }, (__, n) => trackBody(turn * size + n, randomUUID()));
      const text = new GroupText();
      const ends = bodies.map((body) => text.add(body));
      return { text: text.content, ends, lengths: bodies.map((body) => body.length) };
    });
  }

  make(run: string, from: number): LogGroup {
    const texts = this.#texts[(from / this.size) % this.#texts.length]!;
    const now = systemClock.now();
    return {
      sources: ['src_web'],
      source: Array.from({ length: this.size }, () => 0),
      ids: Array.from({ length: this.size }, (_, n) => `${run}-${String(from + n).padStart(12, '0')}`),
      received: Array.from({ length: this.size }, () => now),
      ...texts,
    };
  }
}

class MeasuredLog {
  readonly #groups: Groups;
  readonly #run = randomUUID().slice(0, 23);
  readonly #writer: SegmentWriter;
  readonly #reader: SqliteLogReader;
  #stored = 0;
  #seconds = 0;
  #cpuMicroseconds = 0;

  constructor(folder: string, stepEvents: number, groups: Groups) {
    const cells = createLogCells();
    this.#groups = groups;
    this.#writer = openSegmentWriter({
      folder,
      cells,
      clock: systemClock,
      segmentEvents: Math.min(stepEvents, defaultSegmentEvents),
    });
    this.#reader = new SqliteLogReader({ folder, cells });
  }

  async append(events: number): Promise<void> {
    const from = performance.now();
    const cpu = process.cpuUsage();
    for (const end = this.#stored + events; this.#stored < end; this.#stored += this.#groups.size) {
      this.#writer.commit(this.#groups.make(this.#run, this.#stored));
      // What a turn of the event loop is to the writer's thread: background work gets its slice.
      await immediate();
    }
    const used = process.cpuUsage(cpu);
    this.#cpuMicroseconds += used.user + used.system;
    this.#seconds += (performance.now() - from) / 1000;
  }

  /** What appending took since this was last asked. */
  takeUsage(): { readonly seconds: number; readonly cpuMicroseconds: number } {
    const usage = { seconds: this.#seconds, cpuMicroseconds: this.#cpuMicroseconds };
    this.#seconds = 0;
    this.#cpuMicroseconds = 0;
    return usage;
  }

  async memoryBytes(): Promise<number> {
    return (await this.#reader.status()).dedup.memoryBytes;
  }

  /** Removes the oldest segments until what is left takes no more than this. */
  async trim(maxBytes: number): Promise<void> {
    await this.#writer.upkeep();
    await this.#writer.retain({ maxAgeMs: Infinity, maxBytes, heldFrom: [] });
  }

  async close(): Promise<void> {
    await this.#reader.close();
    await this.#writer.close();
  }
}
