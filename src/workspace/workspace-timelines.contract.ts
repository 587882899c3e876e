// What every engine of the workspace's store promises of timelines over a long log, and of what is removed in time.
import { describe, expect, it } from 'vitest';
import type { Identifier } from './identifiers.ts';
import { Attributes } from './reducer/attributes.ts';
import { relationshipKey } from './row-keys.ts';
import {
  activity,
  effect,
  identifier,
  keyOf,
  link,
  now,
  numberAt,
  person,
  useStore,
} from './workspace-rows.fixture.ts';
import type { OpenedWorkspace } from './workspace-rows.fixture.ts';
import type { IdentifierRow } from './workspace-rows.ts';
import { dayOf, keepMs } from './workspace-settings.ts';

/** 70 places of the log, far from one another. */
const farApart = Array.from({ length: 70 }, (_, n) => n * 65_536 + 5);

export function testWorkspaceTimelines(name: string, open: () => Promise<OpenedWorkspace>): void {
  describe(`timelines on ${name}`, () => {
    const bed = useStore(open);
    const { commit, all, sweepAll, timelineOf } = bed;

    describe('timelines', () => {
      it('are paged by event time, latest first, over subjects and any stretch of the log', async () => {
        const offsets = [1, 2, 70_000, 140_000, 140_001, 300_000];
        await commit({
          identifiers: [identifier('u1', numberAt(1))],
          people: [
            [numberAt(1), person(1)],
            [numberAt(2), person(2, { state: 'merged', parent: numberAt(1) })],
          ],
          newLinks: [link(2, 1, { fromAt: now + 140_000, until: numberAt(290_000) })],
          activities: [
            ...offsets.map((at, index) => activity(at, numberAt(1), { at: now + (index % 2 === 0 ? at : 7) })),
            activity(3, numberAt(2), { at: now + 139_999 }),
            activity(280_000, numberAt(2), { at: now + 140_000 }),
            activity(280_001, numberAt(9)),
          ],
        });
        const paged = (await timelineOf('u1', 2)).map(({ offset: place, at }) => [place, at - now]);
        expect(paged).toEqual([
          [140_001, 140_001],
          [280_000, 140_000],
          [70_000, 70_000],
          [300_000, 7],
          [140_000, 7],
          [2, 7],
          [1, 1],
        ]);
        await expect(bed.reader.timeline('u1', 'nonsense', 2)).rejects.toMatchObject({ code: 'invalid_request' });
      });

      it('over a long log are the same at every step of keeping house', async () => {
        const [seldom, often] = [numberAt(1), numberAt(2)];
        const crowd = Array.from({ length: 700 }, (_, n) => n + 200_000);
        await commit(
          {
            identifiers: [identifier('u1', seldom), identifier('u2', often)],
            people: [
              [seldom, person(1)],
              [often, person(2)],
            ],
            activities: [
              ...farApart.map((offset) => activity(offset, seldom, { at: now + ((offset * 7) % 1000) })),
              ...farApart.map((offset) => activity(offset + 1, numberAt(offset))),
              ...[...crowd, ...farApart.map((offset) => offset + 2)].map((offset) => activity(offset, often)),
            ],
          },
          { to: 70 * 65_536 },
        );
        const before = { seldom: await timelineOf('u1', 9), often: await timelineOf('u2', 100) };
        expect([before.seldom.length, before.often.length]).toEqual([70, 770]);
        do expect({ seldom: await timelineOf('u1', 9), often: await timelineOf('u2', 100) }).toEqual(before);
        while (await bed.store.sweep(new Map()));
        await commit({ activities: [activity(70 * 65_536, seldom, { at: now + 5000 })] });
        expect(await timelineOf('u1', 9)).toMatchObject([{ at: now + 5000 }, ...before.seldom]);
      });
    });

    describe('sweeping', () => {
      it('removes everything under a deleted person, and in time the person and all identifiers', async () => {
        const [gone, child] = [numberAt(1), numberAt(2)];
        const attributes = Attributes.empty();
        await commit({
          identifiers: [identifier('u1', gone), identifier('u2', child)],
          people: [
            [gone, person(1, { state: 'deleted', goneAt: now, goneLog: now })],
            [child, person(2, { state: 'merged', parent: gone })],
          ],
          newLinks: [link(2, 1)],
          activities: Array.from({ length: 1200 }, (_, n) => activity(n + 3, n % 2 === 0 ? gone : child)),
          relationships: [[relationshipKey(child, 1), { subject: child, object: 1, attributes, log: now }]],
          garbage: [
            { kind: 'person', number: gone, due: 0 },
            { kind: 'stub', number: gone, due: now + keepMs },
          ],
        });
        await sweepAll();
        expect(await all('activities')).toEqual([]);
        expect(await all('relationships')).toEqual([]);
        expect(await all('links')).toEqual([]);
        expect(await all('identifiers')).toHaveLength(2);
        await commit({}, { log: now + keepMs });
        await sweepAll();
        expect(await all('identifiers')).toEqual([]);
        expect(await all('people')).toEqual([]);
      });

      it('removes what has expired under anonymous ids, and nothing that belongs to somebody', async () => {
        const [joined, unjoined] = [numberAt(1), numberAt(2)];
        const anonymous = (value: string, stream: number, seenDay: number): readonly [Identifier, IdentifierRow] => [
          keyOf('anonymous_id', value),
          { kind: 'anonymous_id', value, owner: null, stream, related: false, seenDay },
        ];
        await commit({
          people: [[numberAt(3), person(3)]],
          identifiers: [anonymous('a1', unjoined, dayOf(now)), anonymous('a2', numberAt(4), 1_000_000)],
          newLinks: [link(1, 3, { fromAt: now + 20 })],
          activities: [activity(10, joined), activity(21, joined), activity(22, unjoined), activity(23, numberAt(3))],
          transitions: [['x', { key: 'x', log: now }]],
        });
        await sweepAll();
        expect(await all('activities')).toHaveLength(4);
        await commit({}, { log: now + keepMs + 3 * 86_400_000 });
        await sweepAll();
        expect((await all('activities')).map(({ messageId }) => messageId)).toEqual(['m21', 'm23']);
        expect((await all('identifiers')).map(({ value }) => value)).toEqual(['a2']);
        expect(await all('transitions')).toEqual([]);
      });

      it('removes a bounded number at a time of what has expired, and passes over what is kept, however much one subject has', async () => {
        const [unjoined, joined, kept] = [numberAt(1), numberAt(2), numberAt(3)];
        const ofEach = Array.from({ length: 3000 }, (_, n) => n * 3 + 10);
        const of = (subject: number, shift: number) =>
          ofEach.map((offset) => activity(offset + shift, subject, { log: now, at: now + ((offset * 7) % 1000) }));
        await commit({
          people: [[kept, person(3)]],
          newLinks: [link(2, 3, { fromAt: now + 500, until: numberAt(20_000) })],
          activities: [...of(unjoined, 0), ...of(joined, 1), ...of(kept, 2)],
        });
        await commit({}, { log: now + keepMs });
        let slices = 0;
        let left = 9000;
        for (let more = true; more; slices++) {
          more = await bed.store.sweep(new Map());
          const there = (await all('activities')).length;
          expect(left - there).toBeLessThanOrEqual(500);
          left = there;
        }
        expect(slices).toBeLessThan(20);
        const bySubject = Map.groupBy(await all('activities'), ({ subject }) => subject);
        expect(bySubject.get(unjoined)).toBeUndefined();
        expect(bySubject.get(joined)?.every(({ at }) => at >= now + 500)).toBe(true);
        expect(bySubject.get(joined)).toHaveLength(of(joined, 1).filter(({ at }) => at >= now + 500).length);
        expect(bySubject.get(kept)).toHaveLength(3000);
      });

      it('removes what is due wherever in a long log it lies, once its neighbours have been put together too', async () => {
        const [gone, kept, unjoined] = [numberAt(1), numberAt(2), numberAt(3)];
        const subjects = [gone, kept, unjoined];
        await commit(
          {
            people: [
              [gone, person(1)],
              [kept, person(2)],
            ],
            activities: farApart.flatMap((offset) => subjects.map((subject, n) => activity(offset + n, subject))),
          },
          { to: 70 * 65_536, log: now + 70 * 65_536 },
        );
        await sweepAll();
        expect(await all('activities')).toHaveLength(210);
        await commit({
          people: [[gone, person(1, { state: 'deleted', goneAt: now, goneLog: now })]],
          garbage: [{ kind: 'person', number: gone, due: 0 }],
        });
        await sweepAll();
        const left = new Set((await all('activities')).map(({ subject }) => subject));
        expect(left).toEqual(new Set([kept, unjoined]));
        await commit({}, { log: now + 70 * 65_536 + keepMs });
        await sweepAll();
        expect((await all('activities')).map(({ subject }) => subject)).toEqual(farApart.map(() => kept));
      });

      it('removes the relationships of a deleted object, and effects that the log has passed', async () => {
        const attributes = Attributes.empty();
        await commit(
          {
            relationships: Array.from({ length: 1100 }, (_, n) => [
              relationshipKey(numberAt(n + 1), n < 1000 ? 1 : 2),
              { subject: numberAt(n + 1), object: n < 1000 ? 1 : 2, attributes, log: now },
            ]),
            garbage: [{ kind: 'object', number: 1, due: 0 }],
          },
          { to: 1001, effects: Array.from({ length: 1000 }, (_, n) => effect(n + 1)) },
        );
        await sweepAll(new Map([[0, 700]]));
        expect(await all('relationships')).toHaveLength(100);
        const effects = await all('effects');
        expect(effects[0]?.offset).toBeGreaterThan(1);
        expect(effects.filter((one) => one.offset >= 700)).toHaveLength(301);
      });
    });
  });
}
