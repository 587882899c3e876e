// The body of a call as ingest stores it, for benches that begin behind ingest.
const names = ['Order Completed', 'Product Viewed', 'Signed In', 'Search', 'Cart Updated'];

/** A track call of about 400 bytes. */
export const trackBody = (n: number, messageId: string): string =>
  JSON.stringify({
    type: 'track',
    messageId,
    timestamp: new Date(1.77e12 + n * 37).toISOString(),
    receivedAt: new Date(1.77e12 + n * 37 + 20).toISOString(),
    userId: `user-${(n * 7919) % 100_000}`,
    event: names[n % names.length],
    properties: { price: ((n * 13) % 10_000) / 100, sku: `SKU-${(n * 31) % 5000}`, quantity: n % 5 },
    context: { ip: `10.0.${n % 255}.${(n * 3) % 255}`, library: { name: 'analytics-node', version: '2.1.3' } },
    integrations: {},
    version: 1,
  });
