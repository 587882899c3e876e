import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { waitFor } from '../../test/support/wait-for.ts';
import { PortStream } from './port-stream.ts';

function pair(): [PortStream, PortStream] {
  const { port1, port2 } = new MessageChannel();
  return [new PortStream(port1), new PortStream(port2)];
}

/** What comes until the other end has said everything; the way back stays open. */
async function received(stream: PortStream): Promise<Buffer> {
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  await once(stream, 'end');
  return Buffer.concat(pieces);
}

describe('a stream between threads', () => {
  it('brings every byte in order, in both directions, and closes when both have ended', async () => {
    const [here, there] = pair();
    const question = Buffer.alloc(300_000, 'abc');
    const answer = Buffer.alloc(500_000, '0123456789');
    const closed = Promise.all([once(here, 'close'), once(there, 'close')]);
    here.end(question);
    expect(await received(there)).toEqual(question);
    there.end(answer);
    expect(await received(here)).toEqual(answer);
    await closed;
  });

  it('leaves one direction open when the other has ended', async () => {
    const [here, there] = pair();
    here.end('asked');
    expect((await received(there)).toString()).toBe('asked');
    there.write('first ');
    there.end('second');
    expect((await received(here)).toString()).toBe('first second');
  });

  it('holds the writer back while nobody reads', async () => {
    const [here, there] = pair();
    const piece = Buffer.alloc(64 * 1024);
    let written = 0;
    const write = (): void => {
      here.write(piece, () => {
        written++;
        write();
      });
    };
    write();
    await waitFor('the first piece to arrive', () => there.readableLength > 0);
    // A round trip on another channel after it: what was going to be sent has been.
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(there.readableLength).toBe(piece.length);
    expect(written).toBe(0);
    there.resume();
    await waitFor('the writer to go on', () => written > 10);
    const failed = once(there, 'error');
    here.destroy();
    await failed;
  });

  it('carries a piece alone, not the memory around it', async () => {
    const [here, there] = pair();
    const shared = Buffer.alloc(1_000_000, 'x');
    const arrived = once(there, 'data');
    const closed = once(there, 'close');
    here.end(shared.subarray(10, 15));
    const [piece] = (await arrived) as [Buffer];
    expect([piece.toString(), piece.buffer.byteLength]).toEqual(['xxxxx', 5]);
    expect(shared.length).toBe(1_000_000);
    there.end();
    await closed;
  });

  it('ends the other end when one is destroyed, with an error when something was still to come', async () => {
    const [here, there] = pair();
    const failed = once(there, 'error');
    here.destroy();
    expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
    expect(there.destroyed).toBe(true);
  });
});
