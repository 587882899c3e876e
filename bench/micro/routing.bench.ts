// Triggers and mappings on one core: the default actions of a Customer.io destination over a mix of calls.
import { defaultActions } from '../../src/routing/default-actions.fixture.ts';
import { compileTrigger } from '../../src/routing/fql/compile-trigger.ts';
import { parseTrigger } from '../../src/routing/fql/parse-trigger.ts';
import { compileMapping } from '../../src/routing/mapping/compile-mapping.ts';
import { compileRouter } from '../../src/routing/router.ts';
import type { Destination } from '../../src/control/model.ts';
import type { CanonicalEvent } from '../../src/event/canonical-event.ts';
import type { Bench } from '../support/bench.ts';
import { pick } from '../support/bench-setting.ts';
import { median } from '../support/statistics.ts';

const mix = '20 % identify, 70 % track (a seventh of them with an action of its own), 4 % page, 2 % screen, 4 % group';
const ownNames = ['Application Opened', 'Device Created or Updated', 'User Deleted', 'Report Delivery Event'];
const plainNames = [
  'Order Completed',
  'Product Viewed',
  'Signed In',
  'article_read',
  'Search',
  'Video Playback Started',
];

const common = {
  timestamp: '2026-03-01T12:00:00.000Z',
  receivedAt: '2026-03-01T12:00:00.100Z',
  anonymousId: 'e840009a-ef24-48dc-8973-db88d10f762b',
  context: { library: { name: 'analytics.js', version: 'next-0.5.11' }, device: { token: 'token', type: 'ios' } },
  integrations: {},
  version: 1,
};
const traits = { email: 'ada@example.com', plan: 'business', firstName: 'Ada', createdAt: '2025-01-01T00:00:00Z' };
const properties = { sku: 'SKU-000-4711', price: 129.9, currency: 'EUR', quantity: 2, url: 'https://example.com/a' };

function event(n: number): unknown {
  const own = { ...common, messageId: `m-${n}`, userId: `user-${n}` };
  const place = n % 50;
  if (place % 5 === 0) return { ...own, type: 'identify', traits };
  if (place === 6 || place === 31) return { ...own, type: 'page', name: 'Home', properties };
  if (place === 16) return { ...own, type: 'screen', name: 'Home', properties };
  if (place === 21 || place === 46) return { ...own, type: 'group', groupId: 'acme', traits: { name: 'Acme' } };
  const names = place % 10 === 3 ? ownNames : plainNames;
  return { ...own, type: 'track', event: names[((n / 50) % names.length) | 0], properties };
}

/** Track Event as Segment's packaged Customer.io destination has it: 13 clauses. */
const packagedTrackTrigger = [
  'type = "track"',
  ...[
    'Application Installed',
    'Application Opened',
    'Application Uninstalled',
    'Device Created or Updated',
    'Device Deleted',
    'Relationship Deleted',
    'User Deleted',
    'User Suppressed',
    'User Unsuppressed',
    'Object Deleted',
    'Report Delivery Event',
    'Report Content Event',
  ].map((name) => `event != "${name}"`),
].join(' and ');

/** Parsed from text as in the running server, so that strings and object shapes are what JSON.parse makes. */
const events = Array.from({ length: 2000 }, (_, n) => JSON.parse(JSON.stringify(event(n))) as CanonicalEvent);

const destination: Destination = {
  id: 'd',
  name: 'Customer.io',
  kind: 'customerio',
  enabled: true,
  settings: {},
  sourceIds: null,
  actions: defaultActions,
  version: 1,
  createdAt: 0,
  startFrom: 'now',
};

/** Operations a second: the median of rounds, each long enough not to be moved by one collection of garbage. */
function rate(seconds: number, perPass: number, pass: () => number): number {
  const rounds: number[] = [];
  let sink = 0;
  const end = performance.now() + seconds * 1000;
  for (let warm = 0; warm < 20; warm++) sink += pass();
  while (performance.now() < end) {
    const from = performance.now();
    let passes = 0;
    while (performance.now() - from < 50) {
      sink += pass();
      passes++;
    }
    rounds.push((passes * perPass) / ((performance.now() - from) / 1000));
  }
  if (sink < 0) throw new Error('unreachable');
  return median(rounds);
}

export const routing: Bench = {
  name: 'routing',
  run: (setting) => {
    const seconds = pick(setting, 0.5, 3);
    const triggers = defaultActions.map(({ trigger }) => compileTrigger(parseTrigger(trigger)));

    const trackTrigger = compileTrigger(parseTrigger(packagedTrackTrigger));
    const count = (matches: (event: CanonicalEvent) => boolean): number => {
      let matched = 0;
      for (const event of events) if (matches(event)) matched++;
      return matched;
    };
    const mappings = defaultActions.map(({ mapping }) => compileMapping(mapping));
    const router = compileRouter(destination);
    // Every event with the mapping of each action that takes it: what a destination really maps.
    const mapped = events.flatMap((event) =>
      triggers.flatMap((matches, index) => (matches(event) ? [{ event, map: mappings[index]! }] : [])),
    );
    const routed = (): number => {
      let actions = 0;
      for (const event of events) {
        const route = router.route(event, 's');
        if (route.kind === 'matched') actions += route.actions.length;
      }
      return actions;
    };

    const every = [...triggers, trackTrigger];
    const all = rate(seconds, events.length * every.length, () => every.reduce((n, t) => n + count(t), 0));
    const track = rate(seconds, events.length, () => count(trackTrigger));
    const mappingRate = rate(seconds, mapped.length, () => {
      let fields = 0;
      for (const { event, map } of mapped) fields += map(event) === undefined ? 0 : 1;
      return fields;
    });
    const routes = rate(seconds, events.length, routed);
    const conditions = `one core, pure functions; ${mix}; the ${triggers.length} default actions of Customer.io and the 13-clause Track Event`;
    return Promise.resolve([
      {
        name: 'trigger evaluations, all default triggers',
        value: all,
        unit: '/s',
        target: { atLeast: 5_000_000 },
        detail: { 'Track Event alone (13 clauses), /s': Math.round(track) },
        conditions,
      },
      {
        name: 'default mappings',
        value: mappingRate,
        unit: '/s',
        target: { atLeast: 500_000 },
        detail: { 'events routed and mapped, /s': Math.round(routes) },
        conditions,
      },
    ]);
  },
};
