import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { connect, expose } from './rpc.ts';
import type { RpcClient } from './rpc.ts';

const target = {
  add: async (a: number, b: number) => a + b,
  refuse: async () => {
    throw new InputError('not_found', 'No such thing.', 'id');
  },
  uncloneable: async () => () => 1,
  until: (signal: AbortSignal) =>
    new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('aborted'))),
};

describe('calls between threads', () => {
  const open: RpcClient[] = [];
  const client = () => {
    const { port1, port2 } = new MessageChannel();
    expose(port1, { target });
    const made = connect(port2);
    open.push(made);
    return made.remote<typeof target>('target');
  };
  afterEach(() => {
    for (const made of open.splice(0)) made.close();
  });

  it('return what the method returns', async () => {
    expect(await client().add(2, 3)).toBe(5);
  });

  it('carry errors over with class, code and field', async () => {
    await expect(client().refuse()).rejects.toMatchObject({
      name: 'InputError',
      code: 'not_found',
      field: 'id',
      message: 'No such thing.',
    });
  });

  it('carry an abort over', async () => {
    const controller = new AbortController();
    const answer = client().until(controller.signal);
    controller.abort();
    expect(await answer).toBe('aborted');
  });

  it('reject when the result cannot travel, when the method is missing, and when the other side goes', async () => {
    const remote = client() as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    await expect(remote.uncloneable?.()).rejects.toThrow(/could not be cloned/);
    await expect(remote.missing?.()).rejects.toMatchObject({ code: 'internal' });
    const waiting = remote.until?.(new AbortController().signal);
    open[0]?.close();
    await expect(waiting).rejects.toMatchObject({ code: 'thread_lost' });
  });
});
