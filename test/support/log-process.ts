// Runs log-append.process.ts and keeps what it says was stored.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { expect } from 'vitest';
import type { EventLog } from '../../src/log/event-log.ts';
import { openSqliteLog } from '../../src/log/sqlite/sqlite-log.ts';
import { waitFor } from './wait-for.ts';

export class LogProcess {
  /** Id → offset of everything that was ever answered as stored, in any round. */
  readonly stored: Map<string, number>;
  readonly refused: string[] = [];
  lines = 0;
  readonly #child;

  /** `prefix`: a command that runs the one after it. */
  constructor(folder: string, round: number, stored = new Map<string, number>(), prefix: readonly string[] = []) {
    this.stored = stored;
    const script = path.join(import.meta.dirname, '../fault/log-append.process.ts');
    const command = [...prefix, process.execPath, script, folder, String(round)];
    this.#child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: this.#child.stdout }).on('line', (line) => this.#take(line));
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Waits until it has said `more` lines from now on. */
  async hears(more: number): Promise<void> {
    const until = this.lines + more;
    await waitFor(`${more} lines of the appending process`, () => this.lines >= until, { everyMs: 2 });
  }

  async kill(): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGKILL');
    await closed;
  }

  #take(line: string): void {
    this.lines++;
    const [what, id = '', offset] = line.split(' ');
    if (what === 'refused') this.refused.push(id);
    if (what !== 'stored') return;
    // An id that was stored in an earlier round comes back with the offset of then.
    expect(this.stored.get(id) ?? Number(offset)).toBe(Number(offset));
    this.stored.set(id, Number(offset));
  }
}

/** The log holds everything that was stored, each id once, at offsets without holes; and still knows every id. */
export async function expectNothingLost(folder: string, stored: ReadonlyMap<string, number>): Promise<void> {
  const log: EventLog = await openSqliteLog({ folder, segmentEvents: 500 });
  try {
    const { start, end } = await log.range(0);
    expect(start).toBe(1);
    const offsets = new Map<string, number>();
    let expected = 1;
    for (let at = start; at < end;) {
      const { records, next } = await log.read(0, at, 5000, 4e6);
      for (const { offset, messageId, body } of records) {
        expect(offset).toBe(expected++);
        expect(offsets.has(messageId)).toBe(false);
        offsets.set(messageId, offset);
        const { client, n } = JSON.parse(body) as { client: number; n: number };
        expect(`${client}-${n}`).toBe(messageId);
      }
      at = next;
    }
    expect(expected).toBe(end);
    for (const [id, offset] of stored) expect(offsets.get(id)).toBe(offset);

    const again = [...offsets.keys()].map((messageId) => ({
      sourceId: `source-${Number(messageId.split('-')[0]) % 2}`,
      messageId,
      receivedAt: 0,
      personKey: '',
      body: '{}',
    }));
    for (let at = 0; at < again.length; at += 1000) {
      const appended = await log.append(again.slice(at, at + 1000));
      appended.forEach(({ offset, duplicate }, i) => {
        expect([duplicate, offset]).toEqual([true, offsets.get(again[at + i]!.messageId)]);
      });
    }
  } finally {
    await log.close();
  }
}
