import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { activity, identifier, link, now, numberAt, person, useStore } from '../workspace-rows.fixture.ts';
import { keepMs } from '../workspace-settings.ts';
import { openSqliteWorkspace } from './open-sqlite-workspace.ts';
import { openSqliteWorkspaceReader } from './sqlite-workspace-reader.ts';
import { tailOffsets } from './timeline-tail.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'leat-tail-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bed = useStore(async () => {
  const file = path.join(folder, 'workspace.db');
  const [store, reader] = [openSqliteWorkspace(file), openSqliteWorkspaceReader(file)];
  const close = async (): Promise<void> => {
    await reader.close();
    await store.close();
  };
  return { store, reader, close };
});

/** Of two people, one of whom was given the activity of another subject from some time on. */
const [first, second, given] = [numberAt(1), numberAt(2), numberAt(3)];
const givenFrom = { fromAt: now + 400, fromLog: now + 2 * tailOffsets };

it('a timeline is the same while its activities are in the tail, partly entered, and all entered', async () => {
  await bed.commit({
    identifiers: [identifier('u1', first), identifier('u2', second)],
    people: [
      [first, person(1)],
      [second, person(2)],
    ],
    newLinks: [link(3, 1, { ...givenFrom, until: Number.MAX_SAFE_INTEGER })],
  });
  const expected: { at: number; offset: number; subject: number }[] = [];
  const timelineOf = async (identifierText: string) =>
    (await bed.timelineOf(identifierText, 7)).map(({ offset, at }) => [offset, at]);
  const ofFirst = () =>
    expected
      .filter(({ subject, at, offset }) =>
        subject === given ? at >= givenFrom.fromAt && now + offset > givenFrom.fromLog : subject === first,
      )
      .sort((a, b) => b.at - a.at || b.offset - a.offset)
      .map(({ offset, at }) => [offset, at]);
  for (let offset = 100; offset < 4 * tailOffsets; offset += 311) {
    const subject = [first, second, given][offset % 3]!;
    const at = now + ((offset * 7) % 1000);
    expected.push({ at, offset, subject });
    await bed.commit({ activities: [activity(offset, subject, { at })] });
    expect(await timelineOf('u1')).toEqual(ofFirst());
  }
  expect(ofFirst().length).toBeGreaterThan(20);
  expect(await timelineOf('u2')).toHaveLength(expected.filter(({ subject }) => subject === second).length);
});

it('activities that are still in the tail go with the person they are of', async () => {
  await bed.commit({
    identifiers: [identifier('u1', first)],
    people: [[first, person(1)]],
    activities: [activity(5, first), activity(6, second), activity(7, first)],
  });
  await bed.commit({ garbage: [{ kind: 'person', number: first, due: 0 }] });
  await bed.sweepAll();
  expect((await bed.all('activities')).map(({ number }) => number)).toEqual([numberAt(6)]);
});

it('a sweep that was under way takes what is entered behind it, too', async () => {
  const offsets = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);
  const [early, late] = [numberAt(1), numberAt(2)];
  await bed.commit(
    { activities: offsets(10, 1200).map((offset) => activity(offset, late, { log: now })) },
    { to: 5000 },
  );
  await bed.commit({}, { log: now + keepMs });
  expect(await bed.store.sweep(new Map())).toBe(true);
  expect(await bed.all('activities')).toHaveLength(700);
  const log = now + keepMs + 1;
  await bed.commit(
    { activities: offsets(5100, 5).map((offset) => activity(offset, early, { log })) },
    { to: 10_000, log },
  );
  await bed.commit({}, { log: log + keepMs });
  await bed.sweepAll();
  expect(await bed.all('activities')).toEqual([]);
});
