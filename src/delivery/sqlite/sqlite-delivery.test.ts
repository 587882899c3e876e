import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../../lib/sqlite.ts';
import { describeDeadLetters } from '../dead-letters.contract.ts';
import type { StoreUnderTest } from '../delivery-rows.fixture.ts';
import { describeDeliveryStore } from '../delivery-store.contract.ts';
import { openSqliteDeliveryReader } from './sqlite-delivery-reader.ts';
import { openSqliteDelivery } from './sqlite-delivery.ts';

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'leat-delivery-'));

async function openStore(): Promise<StoreUnderTest> {
  const at = folder();
  let store = openSqliteDelivery(path.join(at, 'delivery.db'));
  return {
    store,
    reopen: async () => {
      await store.close();
      store = openSqliteDelivery(path.join(at, 'delivery.db'));
      return store;
    },
    close: async () => {
      await store.close();
      rmSync(at, { recursive: true });
    },
  };
}

describeDeliveryStore(openStore);
describeDeadLetters(openStore);

describe('the embedded delivery store', () => {
  it('answers a reader beside the writer with what is committed', async () => {
    const at = folder();
    const file = path.join(at, 'delivery.db');
    const store = openSqliteDelivery(file);
    const reader = openSqliteDeliveryReader(file);
    await store.begin('d1', [{ partition: 0, start: 3 }]);
    expect(await reader.states()).toMatchObject([{ destinationId: 'd1', cursors: [{ start: 3, offset: 3 }] }]);
    await Promise.all([reader.close(), store.close()]);
    rmSync(at, { recursive: true });
  });

  it('adds up the hours of a ledger that an earlier version kept', async () => {
    const at = folder();
    const file = path.join(at, 'delivery.db');
    await openSqliteDelivery(file).close();
    const db = openSqlite(file);
    db.exec(`DROP TABLE ledger_hour; DROP TABLE action_ledger_hour; DROP TABLE delay_hour; DROP TABLE edited;
      ALTER TABLE condition DROP COLUMN asked_until; ALTER TABLE condition DROP COLUMN last_error_at;
      PRAGMA user_version = 4;
      INSERT INTO ledger VALUES (59, 'd1', 's1', 'delivered', '', 1), (60, 'd1', 's1', 'delivered', '', 2);
      INSERT INTO action_ledger VALUES (60, 'd1', 'a1', 'failed', 4), (119, 'd1', 'a1', 'failed', 8);`);
    db.close();
    const store = openSqliteDelivery(file);
    expect(await store.ledger(0, 120, 60)).toMatchObject([
      { minute: 0, delivered: 1 },
      { minute: 60, delivered: 2 },
    ]);
    expect(await store.actionLedger(0, 120, 60)).toMatchObject([{ minute: 60, failed: 12 }]);
    await store.close();
    rmSync(at, { recursive: true });
  });
});
