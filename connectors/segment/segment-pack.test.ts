import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openRecordingUpstream } from '../../test/support/recording-upstream.ts';
import type { RecordingUpstream } from '../../test/support/recording-upstream.ts';
import { startingActions } from '../../src/destinations/destination.ts';
import type { DestinationKind, Preset, SendContext } from '../../src/destinations/destination.ts';
import type { HttpRequest } from '../../src/destinations/http-client.ts';
import { parseSettings, settingsJsonSchema, toJsonSchema } from '../../src/destinations/settings.ts';
import type { CanonicalEvent } from '../../src/event/canonical-event.ts';
import { semanticEvents } from '../../src/event/semantic/recognise.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { isObject } from '../../src/lib/json.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import { snakeCase } from '../../src/lib/word-case.ts';
import { compileTrigger } from '../../src/routing/fql/compile-trigger.ts';
import { parseTrigger } from '../../src/routing/fql/parse-trigger.ts';
import { compileMapping } from '../../src/routing/mapping/compile-mapping.ts';
import { registry } from '../../src/destinations/registry.ts';
import type { CatalogueAction, CatalogueKind } from './catalogue.ts';
import { generateCatalogue } from './generate-catalogue.ts';
import { installHostFetch } from './host-fetch.ts';
import { isSegmentPackInstalled, openSegmentPack, readCatalogue } from './load-segment-pack.ts';
import { openPackage } from './open-package.ts';
import type { Package } from './open-package.ts';
import type { PackHttp } from './pack-protocol.ts';
import { toDestinationKind } from './pack-kind.ts';
import type { PackRunner } from './pack-thread.ts';
import { PackagedDestination } from './packaged-destination.ts';
import { completed, dummySettings, sampleEvents } from './samples.fixture.ts';

const folder = path.resolve(import.meta.dirname);
const installed = isSegmentPackInstalled(folder);
const leftOut = installed ? '' : ' (left out: the pack is not installed; run npm --prefix connectors/segment ci)';

/** Destinations with default triggers that send nothing for these calls, and why that is right. */
const silent: Readonly<Record<string, string>> = {
  dub: 'its default mapping puts a list where its own schema wants an object',
};

/** Liquid comes with the package, which the catalogue can do without. */
const anyLiquid = { liquid: () => () => undefined };

describe('the catalogue of the pack', () => {
  const { kinds } = readCatalogue(folder);

  it('has only names of its own, and triggers and mappings that Leat reads', () => {
    const slugs = kinds.map(({ slug }) => slug);
    expect(new Set([...slugs, ...registry.keys()]).size).toBe(slugs.length + registry.size);
    for (const kind of kinds.map((each) => toDestinationKind(each, unused))) {
      for (const { trigger, mapping, action } of startingActions(kind)) {
        parseTrigger(trigger);
        compileMapping(mapping, anyLiquid);
        expect(kind.actions.map(({ slug }) => slug)).toContain(action);
      }
      for (const { defaultTrigger, defaultMapping } of kind.actions) {
        if (defaultTrigger !== null) parseTrigger(defaultTrigger);
        compileMapping(defaultMapping, anyLiquid);
      }
    }
  });

  it('takes semantic events under their older names and in other spellings as under their own', () => {
    let known = 0;
    for (const { slug, presets } of kinds) {
      const tests = presets.map(({ trigger }) => compileTrigger(parseTrigger(trigger)));
      const takers = (event: string) => tests.map((matches) => matches({ type: 'track', event } as CanonicalEvent));
      for (const { name, aliases } of semanticEvents) {
        const own = takers(name);
        if (own.some((taken, index) => taken !== takers('My Own Event')[index])) known++;
        for (const other of [...aliases, snakeCase(name)])
          expect([slug, other, takers(other)]).toEqual([slug, other, own]);
      }
    }
    expect(known).toBeGreaterThan(100);
  });

  it('keeps credentials secret', () => {
    const plain = kinds.flatMap(({ settings }) => Object.entries(settings).filter(([, { secret }]) => !secret));
    expect(plain.map(([name]) => name).filter((name) => /secret|password|apikey|api_key|token$/i.test(name))).toEqual(
      [],
    );
  });

  it('gives every setting and field a title and a description', () => {
    for (const kind of kinds.map((each) => toDestinationKind(each, unused))) {
      expect(Object.keys(kind.settings.shape)).not.toContain('delivery');
      for (const schema of [settingsJsonSchema(kind), ...kind.actions.map(({ fields }) => toJsonSchema(fields))])
        for (const field of Object.values((schema['properties'] ?? {}) as JsonObject))
          expect(field).toMatchObject({ title: expect.stringMatching(/./), description: expect.stringMatching(/./) });
    }
  });
});

describe.runIf(installed)(`all destinations of the pack${leftOut}`, () => {
  let upstream: RecordingUpstream;
  let pack: Package;
  let call = 0;
  const requests = new Map<number, SendContext<unknown>['request']>();
  beforeAll(async () => {
    // The package's schemas are not as strict as its validator would like.
    vi.spyOn(console, 'warn').mockReturnValue(undefined);
    upstream = await openRecordingUpstream();
    upstream.answer(() => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }));
    pack = openPackage(folder);
    const http: Pick<PackHttp, 'request'> = {
      request: async (call: number, request: HttpRequest) => ({ response: await requests.get(call)!(request) }),
    };
    installHostFetch(pack, http);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await upstream.close();
  });

  /** Runs a destination on this thread: 150 threads would take longer than everything else here. */
  const runHere = ({ directory }: CatalogueKind): PackRunner => {
    const destination = new PackagedDestination(pack.load(directory), {
      renewed: () => Promise.reject(new Error('no token is refused here')),
    });
    return {
      retainTokens: () => undefined,
      send: (send, { request, signal }) => {
        requests.set(++call, request);
        return destination.send({ ...send, call }, signal);
      },
      test: (settings, { request }) => {
        requests.set(++call, request);
        return destination.test(call, settings);
      },
    };
  };
  const contextOf = (settings: JsonObject): SendContext<never> => {
    const { signal } = new AbortController();
    const request = (each: HttpRequest) => upstream.request(each, signal, 2000);
    return { settings: settings as never, signal, clock: systemClock, request };
  };

  it('are described by the catalogue as they are', () => {
    expect(JSON.parse(JSON.stringify(generateCatalogue()))).toEqual(readCatalogue(folder));
  });

  /** Sends up to two of the sample calls through an action; the number of requests that came of it. */
  const trySend = async (kind: DestinationKind, described: CatalogueAction, preset: Preset, settings: JsonObject) => {
    const action = kind.actions.find(({ slug }) => slug === preset.action)!;
    const matches = compileTrigger(parseTrigger(preset.trigger));
    const map = compileMapping(preset.mapping, kind.liquid ? { liquid: kind.liquid } : {});
    const before = upstream.requests.length;
    for (const event of sampleEvents.filter(matches).slice(0, 2)) {
      const mapped = map(event);
      const payload = action.fields.safeParse(
        completed(mapped !== undefined && isObject(mapped) ? mapped : {}, described),
      );
      if (!payload.success) continue;
      // A vendor's real answers would be needed to carry every one of them through; that it was asked is what counts.
      await action.send([{ payload: payload.data, event }], contextOf(settings)).catch(() => []);
    }
    return upstream.requests.length - before;
  };

  it('load, take settings and, where they have default triggers, send requests', { timeout: 120_000 }, async () => {
    const loaded: string[] = [];
    const sent: string[] = [];
    const quiet: string[] = [];
    for (const described of readCatalogue(folder).kinds) {
      const kind = toDestinationKind(described, runHere(described));
      const { settings } = parseSettings(kind, dummySettings(described));
      const { oauth: _, ...own } = settings;
      pack.load(described.directory).validateSettings(structuredClone(own));
      loaded.push(described.directory);
      const byTrigger = described.actions.flatMap(({ slug, name, trigger, mapping }) =>
        trigger === null ? [] : [{ action: slug, name, trigger, mapping }],
      );
      const actions = [...startingActions(kind), ...byTrigger];
      if (actions.length === 0) continue;
      let count = 0;
      for (const preset of actions.slice(0, 6)) {
        const action = described.actions.find(({ slug }) => slug === preset.action)!;
        count += await trySend(kind, action, preset, settings);
        if (count > 0) break;
      }
      (count > 0 ? sent : quiet).push(described.directory);
    }
    expect(loaded.length).toBeGreaterThanOrEqual(150);
    expect(quiet).toEqual(Object.keys(silent));
    expect(sent.length).toBeGreaterThanOrEqual(120);
  });

  it('render the Liquid of their own presets, and no other', () => {
    const rokt = readCatalogue(folder).kinds.find(({ directory }) => directory === 'rokt-capi')!;
    const { liquid } = toDestinationKind(rokt, unused);
    const { mapping } = startingActions(toDestinationKind(rokt, unused)).find(({ name }) => name === 'Send')!;
    const map = compileMapping(mapping, { liquid: liquid! });
    const of = (context: JsonObject) => map({ ...sampleEvents[0]!, context }) as JsonObject;
    const ios = of({ device: { advertisingId: 'ad-1', type: 'ios' }, page: { search: '?rtid=abc&x=1' } });
    expect(ios).toMatchObject({ device_info: { ios_advertising_id: 'ad-1', android_advertising_id: '' } });
    expect(ios['rtid']).toBe('abc');
    expect(of({ page: 5 })['rtid']).toBe('');
    expect(() => compileMapping({ a: { '@liquid': '{{ userId }}' } }, { liquid: liquid! })).toThrow(
      expect.objectContaining({
        field: 'mapping.a.@liquid',
        message: expect.stringContaining('own presets') as string,
      }),
    );
  });

  it('are refused by name when their settings are not what they need', async () => {
    const mixpanel = readCatalogue(folder).kinds.find(({ directory }) => directory === 'mixpanel')!;
    const kind = toDestinationKind(mixpanel, runHere(mixpanel));
    expect(() => parseSettings(kind, {})).toThrow(/settings\.projectToken/);
    const context = contextOf(parseSettings(kind, dummySettings(mixpanel)).settings);
    expect(await kind.test?.(context)).toMatchObject({ ok: true });
    upstream.answer(() => ({ status: 401, body: 'no' }));
    expect(await kind.test?.(context)).toMatchObject({ ok: false, message: expect.stringContaining('401') });
  });
});

describe('a packaged kind', () => {
  const mixpanel = readCatalogue(folder).kinds.find(({ directory }) => directory === 'mixpanel')!;
  const action = (runner: Partial<PackRunner> = {}) =>
    toDestinationKind(mixpanel, { ...unused, ...runner }).actions.find(({ slug }) => slug === 'trackEvent')!;

  it('keeps apart in batches what one request can have only one of', () => {
    const key = (payload: JsonObject) => action().batchKey?.(payload, {});
    const payload = { batch_keys: ['url', 'method'], url: 'https://a.example.com', method: 'POST', data: 1 };
    expect(key({ ...payload, data: 2 })).toBe(key(payload));
    expect(key({ ...payload, url: 'https://b.example.com' })).not.toBe(key(payload));
    expect(key({ ...payload, __segment_internal_sync_mode: 'delete' })).not.toBe(key(payload));
    expect(key({ ...payload, enable_batching: false })).not.toBe(key({ ...payload, enable_batching: true }));
  });

  it('sends one by one what its mapping says not to batch', async () => {
    const batches: boolean[] = [];
    const send: PackRunner['send'] = async ({ batch }) => [(batches.push(batch), { result: 'delivered' })];
    for (const enable_batching of [true, false])
      await action({ send }).send([{ payload: { enable_batching }, event: sampleEvents[0]! }], {
        settings: {},
      } as never);
    expect(batches).toEqual([true, false]);
  });

  it('repeats no secret that a vendor repeats', async () => {
    const send: PackRunner['send'] = async () => [{ result: 'failed', reason: 'The key s3cret-key is wrong.' }];
    const settings = { projectToken: 't0ken', apiSecret: 's3cret-key' };
    const outcomes = await action({ send }).send([{ payload: {}, event: sampleEvents[0]! }], { settings } as never);
    expect(outcomes).toEqual([{ result: 'failed', reason: 'The key ••• is wrong.' }]);
    const test: PackRunner['test'] = async () => 'Credentials are invalid: s3cret-key';
    expect(await toDestinationKind(mixpanel, { ...unused, test }).test?.({ settings } as never)).toEqual({
      ok: false,
      message: 'Credentials are invalid: •••',
    });
  });
});

describe('the pack when it is not installed', () => {
  it('has no destinations, and breaks nothing', async () => {
    const pack = await openSegmentPack(path.join(folder, 'nowhere'), folder);
    expect(pack.kinds).toEqual([]);
    await pack.close();
  });
});

const unused: PackRunner = {
  send: () => Promise.reject(new Error('not here')),
  test: () => Promise.reject(new Error('not here')),
  retainTokens: () => undefined,
};
