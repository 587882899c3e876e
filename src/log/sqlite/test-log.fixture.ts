// What the engine's own tests share: groups and writers on the test's thread.
import { readdirSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../lib/clock.ts';
import type { LogEntry } from '../event-log.ts';
import { entries, newYear } from '../log-entries.fixture.ts';
import type { LogGroup } from './block.ts';
import { GroupBuilder } from './group-builder.ts';
import { firstOf } from './segment-file.ts';
import { createLogCells } from './log-cells.ts';
import { openSegmentWriter } from './segment-writer.ts';
import type { Committed, LogLimits, SegmentWriter } from './segment-writer.ts';
import { SqliteLogReader } from './sqlite-log-reader.ts';

export function toGroup(entries: readonly LogEntry[]): LogGroup {
  const builder = new GroupBuilder();
  void builder.add(entries);
  return builder.toGroup();
}

/** A clock that stands still until it is set. */
export class TestClock implements Clock {
  wallMs = newYear;
  elapsedMs = 0;

  now(): number {
    return this.wallMs;
  }

  monotonic(): number {
    return this.elapsedMs;
  }

  /** Time passes as it should. */
  pass(ms: number): void {
    this.wallMs += ms;
    this.elapsedMs += ms;
  }
}

export interface TestLog {
  readonly writer: SegmentWriter;
  readonly reader: SqliteLogReader;
  append(entries: readonly LogEntry[]): Committed;
  close(): Promise<void>;
}

/** Opens writer and reader of a folder on this thread; closed when the test ends, if not before. */
export function openTestLog(folder: string, limits: LogLimits = {}, clock: Clock = new TestClock()): TestLog {
  const cells = createLogCells();
  const writer = openSegmentWriter({ folder, cells, clock, ...limits });
  const reader = new SqliteLogReader({ folder, cells });
  let open = true;
  const close = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await reader.close();
    await writer.close();
  };
  onTestFinished(close);
  return { writer, reader, append: (entries) => writer.commit(toGroup(entries)), close };
}

/** Appends `events` entries; each segment that fills is sealed before the next one does. */
export async function fillSegments(log: TestLog, events: number): Promise<void> {
  for (let at = 0; at < events; at += 50) {
    log.append(entries(at, at + 50));
    await log.writer.upkeep();
  }
}

/** A policy that removes nothing. */
export const keepAll = {
  maxAgeMs: Number.MAX_SAFE_INTEGER,
  maxBytes: Number.MAX_SAFE_INTEGER,
  heldFrom: [],
};

/** First offsets of the segments in a folder. */
export const firstsIn = (folder: string): number[] => readdirSync(folder).flatMap((name) => firstOf(name) ?? []);
