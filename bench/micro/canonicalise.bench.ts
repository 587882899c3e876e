// `node bench/micro/canonicalise.bench.ts`: what one call costs between its parsed JSON and the text that is stored.
import { canonicalise } from '../../src/event/canonicalise.ts';
import type { Receipt } from '../../src/event/canonicalise.ts';
import { personKey } from '../../src/event/person-key.ts';
import { randomUUID } from 'node:crypto';
import { median } from '../support/statistics.ts';

const receivedAt = Date.now();
const receipt: Receipt = {
  type: 'track',
  receivedAt,
  receivedAtText: new Date(receivedAt).toISOString(),
  ip: '192.0.2.7',
  strict: false,
  envelope: null,
  notes: [],
  newId: randomUUID,
};
const call = {
  type: 'track',
  event: 'Order Completed',
  messageId: 'bench-0000000000000001',
  userId: 'user-00000001',
  anonymousId: 'e840009a-ef24-48dc-8973-db88d10f762b',
  timestamp: new Date(receivedAt - 2000).toISOString(),
  sentAt: new Date(receivedAt - 100).toISOString(),
  properties: { sku: 'SKU-000-4711', price: 129.9, currency: 'EUR', quantity: 2, path: '/checkout/complete' },
  context: { library: { name: 'analytics.js', version: 'next-0.5.11' }, locale: 'en-GB', timezone: 'Europe/London' },
};
const text = JSON.stringify(call);
const calls = Array.from({ length: 1000 }, () => JSON.parse(text) as unknown);

function measure(work: (call: unknown) => void): number {
  const rounds: number[] = [];
  for (let round = 0; round < 40; round++) {
    const from = performance.now();
    for (let repeat = 0; repeat < 10; repeat++) for (const one of calls) work(one);
    rounds.push(((performance.now() - from) / (calls.length * 10)) * 1000);
  }
  return median(rounds.slice(10));
}

let sink = 0;
const canonical = measure((one) => {
  const result = canonicalise(one, receipt);
  if (result.ok) sink += result.body.length + personKey(result.event).length;
});
const stringify = measure((one) => void (sink += JSON.stringify(one).length));
const parse = measure(() => void (sink += Object.keys(JSON.parse(text) as object).length));
console.log(
  JSON.stringify({
    bench: 'canonicalise',
    bytes: text.length,
    'canonicalise µs': Number(canonical.toFixed(2)),
    'of which JSON.stringify alone µs': Number(stringify.toFixed(2)),
    'JSON.parse for comparison µs': Number(parse.toFixed(2)),
    sink: sink > 0,
  }),
);
