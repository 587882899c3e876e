// A workspace on a real file in a temporary folder, fed from a log in memory, for tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Destination } from '../../control/model.ts';
import { systemClock } from '../../lib/clock.ts';
import { createPressureCell } from '../../lib/pressure.ts';
import type { Logger } from '../../telemetry/logger.ts';
import { workspaceActions } from '../default-actions.ts';
import { dumpState } from '../dump-state.ts';
import { MemoryLog } from '../memory-log.fixture.ts';
import type { TestCall, TestTimes } from '../memory-log.fixture.ts';
import { WorkspaceProcessor } from '../processor.ts';
import type { WorkspaceProcessorOptions } from '../processor.ts';
import { defaultWorkspaceSettings } from '../workspace-settings.ts';
import type { WorkspaceStore } from '../workspace-store.ts';
import { openSqliteWorkspace } from './open-sqlite-workspace.ts';
import { openSqliteWorkspaceReader } from './sqlite-workspace-reader.ts';
import type { SqliteWorkspaceReader } from './sqlite-workspace-reader.ts';
import type { SqliteWorkspaceStore } from './sqlite-workspace-store.ts';

/** The workspace as a destination, with its default actions. */
export const workspaceDestination: Destination = {
  id: 'workspace',
  name: 'Workspace',
  kind: 'workspace',
  enabled: true,
  settings: {},
  sourceIds: null,
  actions: workspaceActions(),
  version: 1,
  createdAt: 0,
  startFrom: 'beginning',
};

export interface LoggedLine {
  readonly level: string;
  readonly message: string;
  readonly fields: object;
}

export interface WorkspaceBedOptions extends Omit<WorkspaceProcessorOptions, 'log' | 'store'> {
  readonly log: MemoryLog;
  /** Puts something between the processor and its store. */
  readonly wrapStore: (store: WorkspaceStore) => WorkspaceStore;
}

export class WorkspaceBed {
  readonly log: MemoryLog;
  readonly logged: LoggedLine[] = [];
  readonly file: string;
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'leat-workspace-'));
  readonly #options: Partial<WorkspaceBedOptions>;
  #store: SqliteWorkspaceStore;
  #reader: SqliteWorkspaceReader | null = null;
  #processor: WorkspaceProcessor;
  #stop: AbortController | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: Partial<WorkspaceBedOptions> = {}) {
    this.log = options.log ?? new MemoryLog();
    this.#options = options;
    this.file = path.join(this.#folder, 'workspace.db');
    this.#store = openSqliteWorkspace(this.file);
    this.#processor = this.#newProcessor();
  }

  get store(): SqliteWorkspaceStore {
    return this.#store;
  }

  get processor(): WorkspaceProcessor {
    return this.#processor;
  }

  /** Answers from a connection of its own. */
  get reader(): SqliteWorkspaceReader {
    this.#reader ??= openSqliteWorkspaceReader(this.file);
    return this.#reader;
  }

  #newProcessor(): WorkspaceProcessor {
    const write =
      (level: string) =>
      (fields: object, message: string): void => {
        this.logged.push({ level, fields, message });
      };
    const logger: Logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
    const { wrapStore, ...options } = this.#options;
    return new WorkspaceProcessor({
      actions: workspaceDestination,
      settings: defaultWorkspaceSettings,
      pressure: createPressureCell(),
      clock: systemClock,
      logger,
      ...options,
      log: this.log,
      store: wrapStore ? wrapStore(this.#store) : this.#store,
    });
  }

  append(call: TestCall, times?: TestTimes): number {
    return this.log.append(call, times);
  }

  start(): void {
    this.#stop = new AbortController();
    this.#running = this.#processor.run(this.#stop.signal);
  }

  /** Stops after the commit under way; what is ahead of it stays to be done. */
  async stop(): Promise<void> {
    this.#stop?.abort();
    await this.#running;
  }

  /** Appends the calls and applies the whole log. */
  async apply(...calls: readonly TestCall[]): Promise<void> {
    for (const call of calls) this.append(call);
    await this.catchUp();
  }

  /** Resolves when everything in the log is applied; runs the processor for it unless it runs. */
  async catchUp(): Promise<void> {
    const alone = this.#stop === null || this.#stop.signal.aborted;
    if (alone) this.start();
    await Promise.race([this.#untilApplied(), this.#running]);
    if (alone) await this.stop();
  }

  async #untilApplied(): Promise<void> {
    for (;;) {
      const { cursors } = await this.#store.position();
      const [cursor] = cursors;
      if (cursor && cursor.offset >= this.log.end) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** As after a crash between two commits: a new processor on the file as it is. */
  async restart(): Promise<void> {
    await this.stop();
    await this.#store.close();
    this.#store = openSqliteWorkspace(this.file);
    this.#processor = this.#newProcessor();
  }

  async dump(): Promise<readonly string[]> {
    const lines: string[] = [];
    for await (const line of dumpState(this.#store)) lines.push(line);
    return lines;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#reader?.close();
    await this.#store.close();
    rmSync(this.#folder, { recursive: true });
  }
}
