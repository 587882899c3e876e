import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { statements } from '../../lib/sqlite.ts';
import { StretchMerger } from './merge-stretches.ts';
import { createTables } from './schema.ts';
import { TimelineTail } from './timeline-tail.ts';

const offsetsOfEpoch = 65_536;
const numberAt = (offset: number): number => offset * 32 + 1;

function openWith(epochs: number, entriesOfEach: number): { db: DatabaseSync; merger: StretchMerger } {
  const db = new DatabaseSync(':memory:');
  createTables(db);
  const activity = db.prepare("INSERT INTO activity VALUES (?, ?, 0, 0, 'e', 1, 'm', 0, NULL, '{}')");
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let n = 0; n < entriesOfEach; n++) activity.run(numberAt(epoch * offsetsOfEpoch + n), (n * 37) % 100);
  db.exec(`INSERT INTO cursor VALUES (0, 0, ${epochs * offsetsOfEpoch}, 0, 0)`);
  new TimelineTail(statements(db)).enterAll();
  return { db, merger: new StretchMerger(db) };
}

const count = (db: DatabaseSync, table: string): number =>
  Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);

const mergeAll = (merger: StretchMerger): void => {
  while (merger.slice());
};

it('leaves few stretches of a long log: 32 of one length become one of the next', () => {
  const { db, merger } = openWith(32 * 32 + 32 + 3, 1);
  mergeAll(merger);
  const left = db.prepare(
    'SELECT stretch, (SELECT count(*) FROM timeline t WHERE t.stretch = s.stretch) AS n FROM stretch s',
  );
  expect(
    left
      .all()
      .map(({ n }) => Number(n))
      .sort((a, b) => a - b),
  ).toEqual([1, 1, 1, 32, 1024]);
});

it('leaves the stretches alone that more can come to', () => {
  const { db, merger } = openWith(32, 1);
  db.exec('UPDATE cursor SET entered = entered - 1');
  expect(merger.slice()).toBe(false);
  db.exec('UPDATE cursor SET entered = entered + 1');
  expect(merger.slice()).toBe(true);
});

it('moves a bounded number of entries at a time, each of them once', () => {
  const { db, merger } = openWith(32, 1000);
  let least = 0;
  let before = 0;
  const whole = 1;
  for (let more = true; more;) {
    more = merger.slice();
    const moved = Number(db.prepare('SELECT count(*) AS n FROM timeline WHERE stretch = ?').get(whole)?.['n']);
    expect(moved - before).toBeLessThanOrEqual(32 * 256);
    expect(count(db, 'timeline')).toBe(32_000);
    before = moved;
    least++;
  }
  expect(least).toBeGreaterThan(4);
  expect(count(db, 'stretch')).toBe(1);
  const lost = 'SELECT number, subject, at FROM activity EXCEPT SELECT number, subject, at FROM timeline';
  expect(db.prepare(lost).all()).toEqual([]);
});

it('tells of every entry which times its stretch holds, while the log grows through all lengths', () => {
  const { db, merger } = openWith(0, 0);
  const activity = db.prepare("INSERT INTO activity VALUES (?, 5, ?, 0, 'e', 1, 'm', ?, NULL, '{}')");
  const tail = new TimelineTail(statements(db));
  const astray = db.prepare(`SELECT at, stretch FROM timeline JOIN activity USING (number, subject, at) WHERE NOT EXISTS
    (SELECT 1 FROM stretch s WHERE s.stretch = timeline.stretch AND at BETWEEN min_at AND max_at AND received_at <= max_log)`);
  for (let epoch = 0; epoch < 32 * 33; epoch++) {
    const number = numberAt(epoch * offsetsOfEpoch);
    activity.run(number, epoch, epoch);
    db.exec(`UPDATE cursor SET "offset" = ${(epoch + 1) * offsetsOfEpoch}`);
    tail.enterAll();
    do expect(astray.all()).toEqual([]);
    while (merger.slice());
  }
  expect(count(db, 'stretch')).toBe(2);
});
