// What the engine's own tests share: groups and writers on the test's thread.
import { onTestFinished } from 'vitest';
import type { Clock } from '../../lib/clock.ts';
import type { LogEntry } from '../event-log.ts';
import { newYear } from '../log-entries.fixture.ts';
import type { LogGroup } from './block.ts';
import { GroupBuilder } from './group-builder.ts';
import { createLogCells } from './log-cells.ts';
import { openSegmentWriter } from './segment-writer.ts';
import type { Committed, LogLimits, SegmentWriter } from './segment-writer.ts';
import { SqliteLogReader } from './sqlite-log-reader.ts';

export function toGroup(entries: readonly LogEntry[]): LogGroup {
  const builder = new GroupBuilder();
  void builder.add(entries, 0);
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
