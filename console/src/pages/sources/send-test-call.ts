// Sends one call to the ingestion API of this server, as a client would: with the source's own public key.

import { parse, request } from '../../api/client.ts';

const answerWithinMs = 30_000;

/** @throws ApiError with the server's words when the call was not taken. */
export async function sendTestCall(key: string): Promise<void> {
  const response = await request('/v1/track', {
    method: 'POST',
    // The key alone says who sends; the session's cookie has no business here.
    credentials: 'omit',
    headers: {
      authorization: `Basic ${btoa(`${key}:`)}`,
      'content-type': 'application/json',
      'x-strict-mode': '1',
    },
    body: JSON.stringify({
      anonymousId: 'leat-console-test',
      event: 'Console Test',
      context: { library: { name: 'leat-console', version: '1' } },
    }),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  await parse(response);
}
