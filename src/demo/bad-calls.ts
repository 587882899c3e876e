// What a shop's traffic also has: an old till that sends what no client library would, for the rejections to show.

interface BadCall {
  readonly route: string;
  /** True for a key that opens no source. */
  readonly strayKey?: boolean;
  readonly body: string;
}

const bad = (route: string, body: object, strayKey = false): BadCall => ({
  route,
  body: JSON.stringify(body),
  strayKey,
});

const badCalls: readonly BadCall[] = [
  bad('track', { userId: 'c-1004', properties: { till: 7, total: 12.5 } }),
  bad('identify', { traits: { firstName: 'Ada', loyaltyCard: '4711' } }),
  bad('track', { userId: 'c-1002', event: 'Device Created or Updated', context: { device: { type: 'ios' } } }),
  { route: 'track', body: '{"userId":"c-1003","event":"Receipt Printed","properties":{"total":12.50' },
  bad('group', { userId: 'c-1006', traits: { name: 'Alpine Guides' } }),
  bad('track', { userId: 'c-1005', event: 'Receipt Printed' }, true),
];

/** Sends the n-th of them, counted from 0 and round again. They are answered 200 all the same, as the API does. */
export async function sendBadCall(url: string, key: string, index: number): Promise<void> {
  const call = badCalls[index % badCalls.length];
  if (!call) return;
  const name = call.strayKey ? 'us_key_of_the_shop_before_last' : key;
  const response = await fetch(`${url}/v1/${call.route}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${name}:`).toString('base64')}`,
      'content-type': 'application/json',
      'user-agent': 'OldTill/2.3',
    },
    body: call.body,
  });
  await response.arrayBuffer();
}
