import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchBody, ndjsonBatches } from './ndjson-batches.ts';
import type { Batch, BatchOptions } from './ndjson-batches.ts';

const options: BatchOptions = {
  fileName: 'events.ndjson',
  maxCalls: 3,
  fromLine: 1,
  onLeftOut: null,
};

async function batchesOf(
  text: string,
  change: Partial<BatchOptions> = {},
  cuts: readonly number[] = [],
): Promise<Batch[]> {
  const bytes = new TextEncoder().encode(text);
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const [index, end] of at.slice(1).entries()) controller.enqueue(bytes.slice(at[index], end));
      controller.close();
    },
  });
  return Array.fromAsync(ndjsonBatches(stream, { ...options, ...change }));
}
const callsOf = (batches: readonly Batch[]): { messageId: string; userId: string }[] =>
  batches.flatMap(
    (batch) => (JSON.parse(batchBody(batch)) as { batch: { messageId: string; userId: string }[] }).batch,
  );
const line = (n: number): string => JSON.stringify({ type: 'track', event: 'E', userId: `ü${n}` });

describe('batches of an NDJSON file', () => {
  it('holds every call once, in order, with its line, however the file is read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 12 }), fc.array(fc.nat(), { maxLength: 8 }), async (n, cuts) => {
        const text = Array.from({ length: n }, (_, i) => `${line(i)}${i % 2 ? '\r\n' : '\n'}`).join('');
        const batches = await batchesOf(text, {}, cuts);
        expect(callsOf(batches).map(({ userId }) => userId)).toEqual(Array.from({ length: n }, (_, i) => `ü${i}`));
        expect(batches.flatMap(({ lines }) => lines)).toEqual(Array.from({ length: n }, (_, i) => i + 1));
        expect(batches.every(({ lines }) => lines.length <= 3)).toBe(true);
      }),
    );
  });

  it('gives a line without a messageId always the same one, and another one to every line and file', async () => {
    const text = `${line(1)}\n${line(1)}\n`;
    const [a, b] = callsOf(await batchesOf(text));
    expect(a!.messageId).toMatch(/^file-[0-9a-f]{32}$/);
    expect(b!.messageId).not.toBe(a!.messageId);
    expect(callsOf(await batchesOf(text)).map(({ messageId }) => messageId)).toEqual([a!.messageId, b!.messageId]);
    expect(callsOf(await batchesOf(text, { fromLine: 2 })).map(({ messageId }) => messageId)).toEqual([b!.messageId]);
    expect(callsOf(await batchesOf(text, { fileName: 'other' }))[0]!.messageId).not.toBe(a!.messageId);
  });

  it('leaves a messageId that is there alone', async () => {
    const [call] = callsOf(await batchesOf('{"type":"track","event":"E","userId":"u","messageId":"mine"}'));
    expect(call!.messageId).toBe('mine');
  });

  it('stays below the limit of a batch in bytes', async () => {
    const big = JSON.stringify({ type: 'track', event: 'E', userId: 'u', properties: { x: 'y'.repeat(30_000) } });
    const batches = await batchesOf(`${big}\n`.repeat(40), { maxCalls: 1000 });
    expect(batches.every((batch) => batchBody(batch).length < 512_000)).toBe(true);
    expect(callsOf(batches)).toHaveLength(40);
  });

  it('says where the next batch begins', async () => {
    const batches = await batchesOf(`${line(1)}\n\n${line(2)}\n${line(3)}\n${line(4)}\n`);
    expect(batches.map(({ nextLine }) => nextLine)).toEqual([5, 6]);
  });

  it('names lines that are no call', async () => {
    for (const [bad, reason] of [
      ['{"type":', /Line 2 is not valid JSON/],
      ['[1]', /Line 2 is no JSON object/],
      ['{"userId":"u"}', /Line 2 has no "type"/],
    ] as const)
      await expect(batchesOf(`${line(1)}\n${bad}\n`)).rejects.toThrow(reason);
  });

  it('gives out the calls before a line that is none, and goes no further', async () => {
    const stream = new Blob([`${line(1)}\n\nnonsense\n${line(4)}\n`]).stream();
    const batches = ndjsonBatches(stream, options);
    expect((await batches.next()).value).toMatchObject({ lines: [1], nextLine: 3 });
    await expect(batches.next()).rejects.toMatchObject({ line: 3 });
    expect(await batches.next()).toMatchObject({ done: true });
  });

  it('leaves them out when told to', async () => {
    const skipped: number[] = [];
    const batches = await batchesOf(`${line(1)}\nnonsense\n${line(3)}\n`, { onLeftOut: (n) => skipped.push(n) });
    expect(skipped).toEqual([2]);
    expect(batches.flatMap(({ lines }) => lines)).toEqual([1, 3]);
  });
});
