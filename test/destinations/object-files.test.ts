// Files and S3 through delivery, to a real folder and a real S3 server.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../src/control/model.ts';
import type { DestinationKind } from '../../src/destinations/destination.ts';
import { files, filesOutside } from '../../src/destinations/files.ts';
import { exampleEvent } from '../../src/destinations/object-files/file-settings.ts';
import type { RangeManifest } from '../../src/destinations/object-files/write-range.ts';
import { s3 } from '../../src/destinations/s3.ts';
import { parseSettings } from '../../src/destinations/settings.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import type { DeliveryBed } from '../support/delivery-bed.ts';
import { openRangeBed, rangeDestination } from '../support/range-destination.ts';
import { openS3Server } from '../support/s3-server.ts';
import { waitFor } from '../support/wait-for.ts';
import { replayEnded, wholeReplay } from '../support/whole-replay.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Place {
  readonly kind: DestinationKind;
  readonly settings: JsonObject;
  objects(): Promise<ReadonlyMap<string, Buffer>>;
}

async function openFolder(): Promise<Place> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leat-files-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  return {
    kind: files as unknown as DestinationKind,
    settings: { folder },
    async objects() {
      const names = (await readdir(folder, { recursive: true })).filter((name) => path.extname(name) !== '');
      return new Map(
        await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name))] as const)),
      );
    },
  };
}

async function openBucket(): Promise<Place> {
  const server = await openS3Server();
  closing.push(() => server.close());
  const { endpoint, bucket, accessKeyId, secretAccessKey } = server;
  return {
    kind: s3 as unknown as DestinationKind,
    settings: { endpoint, bucket, accessKeyId, secretAccessKey, pathStyle: true, prefix: 'raw/leat' },
    async objects() {
      const all = await server.objects();
      return new Map([...all].map(([key, content]) => [key.replace(/^raw\/leat\//, ''), content]));
    },
  };
}

const to = ({ kind, settings }: Place, more: JsonObject = {}, version = 1): Destination =>
  rangeDestination(kind, { ...settings, fileEvents: 40, fileWaitMs: 100, ...more }, { version });

async function open({ kind }: Place): Promise<DeliveryBed> {
  const bed = await openRangeBed(kind);
  closing.push(() => bed.close());
  return bed;
}

/** The rows of all files that manifests name, or of those whose ranges end so; checks that they name all files and what is in them. */
async function read(place: Place, ending = ''): Promise<readonly JsonObject[]> {
  const objects = new Map([...(await place.objects())].filter(([name]) => name.replace(/\..*/, '').endsWith(ending)));
  const manifests = [...objects]
    .filter(([name]) => name.startsWith('_manifests/'))
    .map(([, content]) => JSON.parse(content.toString()) as RangeManifest)
    .toSorted((a, b) => a.first - b.first);
  const named = manifests.flatMap((manifest) => manifest.files);
  expect(named.map((file) => file.path).toSorted()).toEqual(
    [...objects.keys()].filter((name) => !name.startsWith('_manifests/')).toSorted(),
  );
  const rows: JsonObject[] = [];
  for (const { path: name, sha256, bytes, events } of named) {
    const content = objects.get(name)!;
    expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256]);
    const ofFile = name.endsWith('.parquet')
      ? ((await parquetReadObjects({ file: new Uint8Array(content).buffer })) as JsonObject[])
      : (gunzipSync(content)
          .toString()
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line)) as JsonObject[]);
    expect(ofFile.length).toBe(events);
    rows.push(...ofFile);
  }
  return rows;
}

const places = [
  ['a folder', openFolder],
  ['a bucket', openBucket],
] as const;

describe.each(places)('files in %s', (_, openPlace) => {
  it('hold every event once, in order, by date of receipt', async () => {
    const place = await openPlace();
    const bed = await open(place);
    const midnight = Date.parse('2026-03-02T00:00:00.000Z');
    for (let n = 0; n < 100; n++)
      bed.log.append({ messageId: `m${n}`, userId: 'ü 1', properties: { n } }, { receivedAt: midnight - 50 + n });
    await bed.configure(to(place));
    expect(await bed.settled()).toMatchObject([{ accepted: 100, delivered: 100 }]);
    const rows = await read(place);
    expect(rows.map(({ messageId }) => messageId)).toEqual(Array.from({ length: 100 }, (__, n) => `m${n}`));
    expect(rows[7]).toMatchObject({ type: 'track', userId: 'ü 1', properties: { n: 7 } });
    expect([...(await place.objects()).keys()].filter((name) => !name.startsWith('_')).toSorted()).toEqual([
      'date=2026-03-01/d1-write-p0-0000000000000001-0000000000000040.ndjson.gz',
      'date=2026-03-01/d1-write-p0-0000000000000041-0000000000000080.ndjson.gz',
      'date=2026-03-02/d1-write-p0-0000000000000041-0000000000000080.ndjson.gz',
      'date=2026-03-02/d1-write-p0-0000000000000081-0000000000000100.ndjson.gz',
    ]);
  });

  it('are Parquet with the same columns whatever the events hold', async () => {
    const place = await openPlace();
    const bed = await open(place);
    bed.log.append({ messageId: 'm1', event: 'Bought', properties: { total: 4.5, lines: [1, { a: null }] }, odd: 'x' });
    bed.log.append({ messageId: 'm2', type: 'identify', traits: { email: 'a@example.com' } });
    await bed.configure(to(place, { format: 'parquet' }));
    await bed.settled();
    const rows = await read(place);
    expect(Object.keys(rows[0]!)).toEqual(Object.keys(rows[1]!));
    expect(rows[0]).toMatchObject({
      message_id: 'm1',
      event: 'Bought',
      received_at: expect.any(Date),
      properties: { total: 4.5, lines: [1, { a: null }] },
      rest: { odd: 'x', integrations: {}, version: 1 },
    });
    expect(rows[1]).toMatchObject({ type: 'identify', traits: { email: 'a@example.com' }, user_id: null });
  });

  it('are the same after crashes between any two commits', async () => {
    const place = await openPlace();
    const bed = await open(place);
    for (let n = 0; n < 400; n++) bed.log.append({ messageId: `m${n}` });
    await bed.configure(to(place));
    for (const enough of [1, 4, 7]) {
      await waitFor('some manifests', async () => {
        const names = [...(await place.objects()).keys()];
        return names.filter((name) => name.startsWith('_')).length >= enough;
      });
      await bed.restart();
    }
    expect(await bed.settled()).toMatchObject([{ accepted: 400, delivered: 400 }]);
    const rows = await read(place);
    expect(rows.map(({ messageId }) => messageId)).toEqual(Array.from({ length: 400 }, (__, n) => `m${n}`));
  });
});

describe.each(places)('a replay to %s', (_, openPlace) => {
  it('writes its events once more, under names of its own, exactly once over restarts', async () => {
    const place = await openPlace();
    const bed = await open(place);
    for (let n = 1; n <= 300; n++) bed.log.append({ messageId: `m${n}`, event: n % 3 ? 'Common' : 'Rare' });
    await bed.configure(to(place));
    await bed.settled();
    const before = await place.objects();
    const account = [await bed.store.states(), await bed.balance()];
    const asked = { ...wholeReplay, filter: 'event = "Common"', fromOffset: 11, toOffset: 281, ratePerSecond: 400 };
    const { id } = await bed.service.startReplay('d1', asked);
    for (const enough of [1, 3]) {
      await waitFor('some manifests', async () => {
        const names = [...(await place.objects()).keys()];
        return names.filter((name) => name.startsWith('_') && name.includes(id)).length >= enough;
      });
      await bed.crash();
      await bed.configure(to(place));
    }
    expect(await replayEnded(bed, id)).toMatchObject({
      state: 'done',
      total: 270,
      counts: { delivered: 180, excluded: 90, failed: 0, filtered: 0 },
    });
    const wanted = Array.from({ length: 270 }, (__, n) => n + 11).filter((n) => n % 3);
    expect((await read(place, id)).map(({ messageId }) => messageId)).toEqual(wanted.map((n) => `m${n}`));
    const after = await place.objects();
    for (const [name, content] of before) expect(after.get(name)?.equals(content)).toBe(true);
    expect([...after.keys()].every((name) => before.has(name) || name.includes(id))).toBe(true);
    expect([await bed.store.states(), await bed.balance()]).toEqual(account);
  }, 60_000);

  it('shows beforehand what it would write, and writes nothing', async () => {
    const place = await openPlace();
    const bed = await open(place);
    for (let n = 1; n <= 20; n++) bed.log.append({ messageId: `m${n}` });
    await bed.configure(to(place));
    await bed.settled();
    const before = [...(await place.objects()).keys()];
    const { id } = await bed.service.startReplay('d1', { ...wholeReplay, dryRun: true });
    const { counts, samples } = await replayEnded(bed, id);
    expect(counts).toMatchObject({ matching: 20, delivered: 0 });
    expect(samples[0]?.actions).toMatchObject([{ payload: { data: { messageId: 'm1' } } }]);
    expect([...(await place.objects()).keys()]).toEqual(before);
  });

  it('is no different for one event sent as a test, which lies apart', async () => {
    const place = await openPlace();
    const bed = await open(place);
    bed.log.append({ messageId: 'm1' });
    await bed.configure(to(place));
    await bed.settled();
    const before = await place.objects();
    const tested = await bed.service.testEvent('d1', {
      sourceId: 's1',
      event: { ...exampleEvent, messageId: 'tried' },
      actionId: null,
      dryRun: false,
    });
    expect(tested.actions).toMatchObject([{ problem: null, outcome: 'delivered' }]);
    const added = [...(await place.objects())].filter(([name]) => !before.has(name));
    expect(added.map(([name]) => name)).toEqual([expect.stringMatching(/^_tests\/date=2026-03-01\/.*-test-\w+\./)]);
    expect(gunzipSync(added[0]![1]).toString()).toContain('"tried"');
  });
});

describe('a folder', () => {
  it('that is not there keeps everything waiting, says so, and gets all once it is', async () => {
    const place = await openFolder();
    const folder = path.join(place.settings['folder'] as string, 'not', 'yet');
    const bed = await open(place);
    for (let n = 0; n < 10; n++) bed.log.append();
    await bed.configure(to(place, { folder }));
    await waitFor('the reason', async () =>
      (await bed.store.states())[0]?.breakerReason?.includes(`${folder} does not exist. Create it`),
    );
    expect(await bed.service.test('d1')).toEqual({ ok: false, message: expect.stringContaining('does not exist') });
    await mkdir(folder, { recursive: true });
    expect(await bed.settled()).toMatchObject([{ delivered: 10 }]);
    expect(await bed.service.test('d1')).toMatchObject({ ok: true });
  });
});

describe('a folder of Leat’s own', () => {
  it('is written to by no way, and keeps everything waiting until another is set', async () => {
    const own = await mkdtemp(path.join(tmpdir(), 'leat-own-'));
    closing.push(() => rm(own, { recursive: true, force: true }));
    await mkdir(path.join(own, 'log'));
    const place = await openFolder();
    const link = path.join(place.settings['folder'] as string, 'link');
    await symlink(path.join(own, 'log'), link);
    const confined = filesOutside(own) as unknown as DestinationKind;
    for (const folder of [own, path.join(own, 'log'), link]) {
      const bed = await openRangeBed(confined);
      bed.log.append();
      await bed.configure(to(place, { folder }));
      await waitFor('the reason', async () =>
        (await bed.store.states())[0]?.breakerReason?.includes("lies in Leat's own data folder"),
      );
      expect(await bed.service.test('d1')).toMatchObject({ ok: false });
      await bed.close();
    }
    expect(await readdir(own, { recursive: true })).toEqual(['log']);
    const bed = await openRangeBed(confined);
    closing.push(() => bed.close());
    bed.log.append();
    await bed.configure(to(place));
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
  });

  it('is not reached by going up', () => {
    for (const folder of ['relative', '/srv/lake/../../etc'])
      expect(() => parseSettings(files as unknown as DestinationKind, { folder })).toThrow(/settings\.folder must/);
  });
});

describe('a bucket', () => {
  it.each([
    [{ accessKeyId: 'wrong' }, /refused our (keys|credentials)/],
    [{ bucket: 'nowhere' }, /no bucket "nowhere"/],
  ])('that cannot be used with %j keeps everything waiting and says why', async (wrong, reason) => {
    const place = await openBucket();
    const bed = await open(place);
    bed.log.append({ messageId: 'm1' });
    await bed.configure(to(place, wrong));
    await waitFor('the reason', async () => reason.test((await bed.store.states())[0]?.breakerReason ?? ''));
    expect(await bed.service.test('d1')).toEqual({ ok: false, message: expect.stringMatching(reason) });
    await bed.configure(to(place, {}, 2));
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
    expect(await bed.service.test('d1')).toMatchObject({ ok: true });
  });
});
