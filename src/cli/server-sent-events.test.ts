import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseServerSentEvents } from './server-sent-events.ts';
import type { ServerSentEvent } from './server-sent-events.ts';

const text =
  ': live\n\nevent: event\nid: 0.7\ndata: {"name":"Käufer 😀"}\n\n: beat\n\nevent: skipped\ndata: {"events":3}\n\ndata: a\ndata: b\n\n';
const expected: readonly ServerSentEvent[] = [
  { event: 'event', data: '{"name":"Käufer 😀"}', id: '0.7' },
  { event: 'skipped', data: '{"events":3}', id: null },
  { event: 'message', data: 'a\nb', id: null },
];

async function parsed(chunks: readonly Uint8Array[]): Promise<ServerSentEvent[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  return Array.fromAsync(parseServerSentEvents(stream));
}

describe('reading server-sent events', () => {
  it('reads the same events however the stream is cut, characters included', async () => {
    const bytes = new TextEncoder().encode(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, index) => bytes.slice(at[index], end));
        expect(await parsed(chunks)).toEqual(expected);
      }),
    );
  });

  it('leaves an event out that was cut off', async () => {
    expect(await parsed([new TextEncoder().encode('event: event\ndata: {"half"')])).toEqual([]);
  });
});
