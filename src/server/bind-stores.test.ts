import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../lib/sqlite.ts';
import { openSqliteLog } from '../log/sqlite/sqlite-log.ts';
import { bindStores } from './bind-stores.ts';
import type { BoundStore } from './bind-stores.ts';

describe('stores beside a log', () => {
  let folder: string;
  let appended = 0;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'leat-bind-'));
    for (const name of ['workspace.db', 'delivery.db']) openSqlite(path.join(folder, name)).close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const logAt = (name: string): string => path.join(folder, name);
  /** A start of the server: opens the log, binds the stores as they stand, stores so many events, stops. Answers the log's end. */
  async function run(name: string, events: number, bound: readonly BoundStore[] = []): Promise<number> {
    const log = await openSqliteLog({ folder: logAt(name) });
    try {
      bindStores(logAt(name), bound);
      const entry = () => ({
        sourceId: 's1',
        messageId: `m${appended++}`,
        receivedAt: Date.now(),
        personKey: '',
        body: '{}',
      });
      if (events > 0) await log.append(Array.from({ length: events }, entry));
      return (await log.range(0)).end;
    } finally {
      await log.close();
    }
  }
  const copy = (from: string, to: string): void => cpSync(logAt(from), logAt(to), { recursive: true });
  const stores = (offset: number, ...names: string[]): readonly BoundStore[] =>
    names.map((name) => ({ file: path.join(folder, name), cursors: [{ offset }] }));
  const both = (offset: number): readonly BoundStore[] => stores(offset, 'workspace.db', 'delivery.db');
  const otherCopy = /^workspace\.db belongs to another copy of the event log .* move workspace\.db and delivery\.db/;

  it('become its own, and are refused beside another', async () => {
    await run('log', 1, stores(1, 'workspace.db'));
    await run('log', 1, stores(1, 'workspace.db'));
    await expect(run('other', 1, stores(1, 'delivery.db', 'workspace.db'))).rejects.toThrow(
      /^workspace\.db belongs to another event log .* move workspace\.db and delivery\.db/,
    );
    // Nothing was marked by the refused try.
    await run('log', 1, both(1));
  });

  it('go on with it over any number of starts, also when they are older than it', async () => {
    let end = 1;
    for (let start = 0; start < 5; start++) end = await run('log', start % 2, both(end));
    cpSync(path.join(folder, 'workspace.db'), path.join(folder, 'backup.db'));
    const later = await run('log', 10, both(end));
    cpSync(path.join(folder, 'backup.db'), path.join(folder, 'workspace.db'));
    await run('log', 10, [...stores(end, 'workspace.db'), ...stores(later, 'delivery.db')]);
  });

  it('are refused beside an older copy that has grown past their cursors without them', async () => {
    const copied = await run('log', 5, both(1));
    copy('log', 'older');
    const end = await run('log', 20, both(copied));
    expect(await run('older', 100)).toBeGreaterThan(end);
    // They are bound to a life that the copy never had, however far they have come.
    await expect(run('older', 1, both(end))).rejects.toThrow(otherCopy);
    await expect(run('older', 1, both(1))).rejects.toThrow(otherCopy);
    await run('log', 1, both(end));
  });

  it('are refused beside a copy that was made while they were running, once it has gone on without them', async () => {
    const log = await openSqliteLog({ folder: logAt('log') });
    bindStores(logAt('log'), both(1));
    copy('log', 'older');
    await log.close();
    const end = await run('log', 20);
    expect(await run('older', 100)).toBeGreaterThan(end);
    await expect(run('older', 1, both(end))).rejects.toThrow(otherCopy);
  });

  it('are taken by a copy when they stand where it was made: they have read nothing else', async () => {
    const end = await run('log', 5, both(1));
    copy('log', 'older');
    await run('older', 100);
    await run('older', 1, both(end));
  });

  it('are taken by a log that does not know its earlier lives', async () => {
    const end = await run('log', 5, both(1));
    rmSync(path.join(logAt('log'), 'catalog.db'));
    await run('log', 5, both(end));
  });

  it('are left alone while there is no log', async () => {
    mkdirSync(logAt('none'));
    bindStores(logAt('none'), both(0));
    await run('log', 1, both(0));
  });
});
