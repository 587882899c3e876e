import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '../lib/sqlite.ts';
import { LogCatalog } from '../log/sqlite/log-catalog.ts';
import { bindStores } from './bind-stores.ts';

describe('stores beside a log', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'leat-bind-'));
    for (const name of ['workspace.db', 'delivery.db']) openSqlite(path.join(folder, name)).close();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function makeLog(name: string, seed: string): string {
    const log = path.join(folder, name);
    mkdirSync(log);
    const catalog = LogCatalog.open(log);
    catalog.seed(() => seed);
    catalog.close();
    return log;
  }
  const stores = (...names: string[]): string[] => names.map((name) => path.join(folder, name));

  it('become its own, and are refused beside another', () => {
    const [log, other] = [makeLog('log', '0123456789abcdef'), makeLog('other', 'fedcba9876543210')];
    bindStores(log, stores('workspace.db'));
    bindStores(log, stores('workspace.db'));
    expect(() => bindStores(other, stores('delivery.db', 'workspace.db'))).toThrow(
      /^workspace\.db belongs to another event log .* move workspace\.db and delivery\.db/,
    );
    // Nothing was marked by the refused try.
    bindStores(log, stores('delivery.db', 'workspace.db'));
  });

  it('are left alone while there is no log', () => {
    mkdirSync(path.join(folder, 'none'));
    bindStores(path.join(folder, 'none'), stores('workspace.db'));
    bindStores(makeLog('log', '0123456789abcdef'), stores('workspace.db'));
  });
});
