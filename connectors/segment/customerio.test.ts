import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { customerio } from '../../src/destinations/customerio/customerio.ts';
import type { Example } from '../../src/destinations/destination.ts';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import { adaptPackagedTrigger } from '../../src/routing/fql/adapt-packaged-trigger.ts';
import { compileTrigger } from '../../src/routing/fql/compile-trigger.ts';
import { compileMapping } from '../../src/routing/mapping/compile-mapping.ts';
import { adaptMapping } from './adapt-mapping.ts';
import { installHostFetch } from './host-fetch.ts';
import { isSegmentPackInstalled } from './load-segment-pack.ts';
import { openPackage } from './open-package.ts';
import type { EngineDestination } from './open-package.ts';
import type { PackHttp } from './pack-protocol.ts';
import { PackagedDestination } from './packaged-destination.ts';

const folder = path.resolve(import.meta.dirname);
const installed = isSegmentPackInstalled(folder);
const leftOut = installed ? '' : ' (left out: the pack is not installed; run npm --prefix connectors/segment ci)';

/** What Leat sends otherwise, on purpose. */
const different: Readonly<Record<string, string>> = {
  'A person, in the EU, with a date and a relationship':
    'theirs keeps the id of the related object as an attribute too',
  'A screen view': 'theirs leaves out attributes that are empty',
  'A company, related to a person': 'theirs takes attributes from traits.objectAttributes only',
  'A company, related to somebody unknown': 'theirs repeats the anonymous id as an attribute of the company',
  'A device, which is an event as well': 'theirs keeps devices from landing as events, and capitals in the platform',
  'A device removed, which is an event as well': 'theirs keeps devices from landing as events',
  'A relationship ended': 'theirs says the same from the object’s side',
  'Content viewed': 'theirs does not read activityType',
};

/** Nothing here has tokens to renew. */
const unrenewed: Pick<PackHttp, 'renewed'> = { renewed: () => Promise.reject(new Error('no tokens')) };

describe.runIf(installed)(`the Customer.io destination beside the packaged one${leftOut}`, () => {
  let engine: EngineDestination & { readonly definition: { readonly presets: readonly Preset[] } };
  const sent: unknown[] = [];
  beforeAll(() => {
    const pack = openPackage(folder);
    const http: Pick<PackHttp, 'request'> = {
      request: async (_: number, { url, body }) => {
        sent.push({ url, body: JSON.parse(String(body)) as unknown });
        return { response: { status: 200, headers: {}, body: '{}' } };
      },
    };
    installHostFetch(pack, http);
    engine = pack.load('customerio') as typeof engine;
  });

  const sendTheirs = async ({ event, settings }: Example): Promise<void> => {
    const accountRegion = settings['region'] === 'eu' ? 'EU 🇪🇺' : 'US 🇺🇸';
    for (const { type, subscribe, mapping, partnerAction: action } of engine.definition.presets) {
      if (type !== 'automatic' || !compileTrigger(adaptPackagedTrigger(subscribe))(event)) continue;
      const payload = {
        ...(compileMapping(adaptMapping(mapping))(event) as JsonObject),
        convert_timestamp: settings['convertTimestamps'] ?? true,
      };
      await new PackagedDestination(engine, unrenewed).send(
        {
          call: 1,
          action,
          settings: { own: { siteId: 'site', apiKey: 'key', accountRegion }, oauth: null },
          items: [{ payload, event }],
          batch: false,
        },
        new AbortController().signal,
      );
    }
  };

  it.each(customerio.examples.map((example) => [example.title, example] as const))(
    'sends the same, or differs for a reason: %s',
    async (title, example) => {
      sent.length = 0;
      await sendTheirs(example);
      const ours = example.requests.map(({ url, body }) => ({ url, body }));
      if (different[title] === undefined) expect(sent).toEqual(ours);
      else expect(sent).not.toEqual(ours);
    },
  );
});

interface Preset {
  readonly type: string;
  readonly subscribe: string;
  readonly mapping: Json;
  readonly partnerAction: string;
}
