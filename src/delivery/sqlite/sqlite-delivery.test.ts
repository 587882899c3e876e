import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeDeliveryStore } from '../delivery-store.contract.ts';
import { openSqliteDeliveryReader } from './sqlite-delivery-reader.ts';
import { openSqliteDelivery } from './sqlite-delivery.ts';

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'leat-delivery-'));

describeDeliveryStore(async () => {
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
});

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
});
