import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { accountStoreContract } from '../account-store.contract.ts';
import { controlStoreContract } from '../control-store.contract.ts';
import { intakeStoreContract, sampleRejection } from '../intake-store.contract.ts';
import { openControlDatabase } from './open-control-database.ts';

let folder: string;
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'leat-control-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const newFile = (): string => path.join(folder, `control-${files++}.db`);
const actor = { name: 'tester' };
const source = {
  id: 'src_1',
  name: 'A',
  kind: 'http',
  family: 'customerio',
  enabled: true,
  strict: false,
  createdAt: 1,
} as const;

controlStoreContract('node:sqlite', async () => {
  const file = newFile();
  let database = openControlDatabase(file, { clock: systemClock });
  return {
    store: database.control,
    reopen: async () => {
      await database.close();
      database = openControlDatabase(file, { clock: systemClock });
      return database.control;
    },
    close: () => database.close(),
  };
});

accountStoreContract('node:sqlite', async () => {
  const database = openControlDatabase(newFile(), { clock: systemClock });
  return { store: database.accounts, control: database.control, close: () => database.close() };
});

intakeStoreContract('node:sqlite', async (limits) => {
  const file = newFile();
  const opened = [openControlDatabase(file, { clock: systemClock, limits })];
  for (const id of ['src_1', 'src_2', 'src_3']) await opened[0]!.control.createSource({ ...source, id }, [], actor);
  return {
    store: opened[0]!.intake,
    crash: async () => {
      opened.push(openControlDatabase(file, { clock: systemClock, limits }));
      return opened[1]!.intake;
    },
    close: async () => {
      for (const database of opened) await database.close();
    },
  };
});

describe('control.db', () => {
  it('refuses a file that a newer version wrote, and says what to do', async () => {
    const file = newFile();
    await openControlDatabase(file, { clock: systemClock }).close();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openControlDatabase(file, { clock: systemClock })).toThrow(/newer version/);
  });

  it('opens a file of the first schema as it is, and adds what is new', async () => {
    const file = newFile();
    const first = openControlDatabase(file, { clock: systemClock });
    await first.control.createSource(source, [], actor);
    await first.close();
    const db = new DatabaseSync(file);
    db.exec(
      'DROP TABLE session; DROP TABLE account_link; DROP TABLE user; DROP TABLE object_type_name;' +
        'DROP TABLE rejection_minute; DROP TABLE repeat; DROP TABLE destination_test; DROP INDEX audit_by_subject',
    );
    db.exec('PRAGMA user_version = 1');
    db.close();
    const second = openControlDatabase(file, { clock: systemClock });
    expect((await second.control.snapshot()).sources).toEqual([source]);
    expect(await second.accounts.setUpNeeded()).toBe(true);
    await second.close();
  });

  it('refuses a file that is no database', () => {
    expect(() => openControlDatabase(folder, { clock: systemClock })).toThrow(/control\.db/);
  });

  it('commits rejections of one turn together and settles each caller', async () => {
    const file = newFile();
    const database = openControlDatabase(file, { clock: systemClock });
    const { control, intake } = database;
    await control.createSource(source, [], actor);
    const watcher = new DatabaseSync(file, { readOnly: true });
    const version = (): unknown => watcher.prepare('PRAGMA data_version').get()?.['data_version'];
    const before = version();
    const seen = new Set<unknown>();
    await Promise.all(
      Array.from({ length: 20 }, () => intake.reject([sampleRejection]).then(() => seen.add(version()))),
    );
    expect(seen.size).toBe(1);
    expect([...seen][0]).not.toBe(before);
    watcher.close();
    await database.close();
  });

  it('answers callers with an error when it cannot store', async () => {
    const file = newFile();
    const database = openControlDatabase(file, { clock: systemClock });
    const { control, intake } = database;
    const blocker = new DatabaseSync(file);
    blocker.exec('DROP TABLE rejection; DROP TABLE source');
    blocker.close();
    const unavailable = { name: 'FaultError', code: 'store_unavailable', status: 503 };
    await expect(control.createSource(source, [], actor)).rejects.toMatchObject(unavailable);
    await expect(intake.reject([sampleRejection])).rejects.toMatchObject(unavailable);
    await database.close();
  });

  it('settles everybody when it closes, and refuses what comes after', async () => {
    const database = openControlDatabase(newFile(), { clock: systemClock });
    const { control, intake } = database;
    const waiting = control.waitForChange(0);
    await database.close();
    expect(await waiting).toBe(0);
    await expect(control.snapshot()).rejects.toMatchObject({ code: 'shutting_down' });
    await expect(intake.listActivity()).rejects.toMatchObject({ code: 'shutting_down' });
  });

  it('forgets what ingest reported about a source that was deleted meanwhile', async () => {
    const file = newFile();
    const first = openControlDatabase(file, { clock: systemClock });
    const seen = { sourceId: 'gone', lastAcceptedAt: 1, lastLibrary: null, lastMessageId: null, lastRejectedAt: null };
    await first.intake.recordActivity([{ ...seen, accepted: 1, rejected: 0, overRateAt: null, peakRate: 1 }]);
    await first.close();
    const second = openControlDatabase(file, { clock: systemClock });
    expect(await second.intake.listActivity()).toEqual([]);
    await second.close();
  });
});
