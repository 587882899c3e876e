// Calls an object of asynchronous methods that lives on another thread.
//
// One side exposes named objects on a MessagePort; the other gets a proxy whose methods return promises. Arguments and
// results are structured-cloned, so they are plain data. An AbortSignal as the last argument is carried over: aborting
// it here aborts it there. Errors come back as the same class with the same code. When the port closes, every call in
// flight rejects with FaultError `thread_lost`; nothing hangs.
import type { MessagePort } from 'node:worker_threads';
import { FaultError, fromErrorData, toErrorData } from '../errors/errors.ts';
import type { ErrorData } from '../errors/errors.ts';

type Message =
  | {
      readonly t: 'call';
      readonly id: number;
      readonly o: string;
      readonly m: string;
      readonly a: unknown[];
      readonly s: boolean;
    }
  | { readonly t: 'abort'; readonly id: number }
  | { readonly t: 'ok'; readonly id: number; readonly v: unknown }
  | { readonly t: 'error'; readonly id: number; readonly e: ErrorData };

/** An object whose methods are all asynchronous, and so can be called from another thread. */
export type Remote<T> = {
  readonly [K in keyof T as T[K] extends (...args: never[]) => Promise<unknown> ? K : never]: T[K];
};

/** Serves `objects` to the thread at the other end of `port`. Ends when the port closes. */
export function expose(port: MessagePort, objects: Readonly<Record<string, object>>): void {
  const running = new Map<number, AbortController>();
  port.on('message', (message: Message) => {
    if (message.t === 'abort') running.get(message.id)?.abort();
    if (message.t !== 'call') return;
    const controller = new AbortController();
    if (message.s) running.set(message.id, controller);
    const target = objects[message.o] as Record<string, (...args: unknown[]) => Promise<unknown>> | undefined;
    const call = async (): Promise<unknown> => {
      const method = target?.[message.m];
      if (!target || typeof method !== 'function')
        throw new FaultError('internal', `No method ${message.o}.${message.m} on this thread.`);
      return method.apply(target, message.s ? [...message.a, controller.signal] : message.a);
    };
    const answer = async (): Promise<void> => {
      try {
        port.postMessage({ t: 'ok', id: message.id, v: await call() } satisfies Message);
      } catch (error) {
        // Also reached when the result cannot be cloned: a programming error, told to the caller.
        port.postMessage({ t: 'error', id: message.id, e: toErrorData(error) } satisfies Message);
      } finally {
        running.delete(message.id);
      }
    };
    void answer();
  });
  port.on('close', () => {
    for (const controller of running.values()) controller.abort();
  });
}

/** The calling end of a port: makes proxies for the objects exposed at the other end. */
export interface RpcClient {
  /** A proxy for the object exposed under `name`. */
  remote<T extends object>(name: string): Remote<T>;
  close(): void;
}

export function connect(port: MessagePort): RpcClient {
  const pending = new Map<
    number,
    { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }
  >();
  let nextId = 1;
  let closed = false;

  port.on('message', (message: Message) => {
    if (message.t !== 'ok' && message.t !== 'error') return;
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.t === 'ok') call?.resolve(message.v);
    else call?.reject(fromErrorData(message.e));
  });
  port.on('close', () => {
    closed = true;
    for (const call of pending.values()) call.reject(new FaultError('thread_lost'));
    pending.clear();
  });

  const send = (o: string, m: string, args: unknown[]): Promise<unknown> => {
    if (closed) return Promise.reject(new FaultError('thread_lost'));
    const id = nextId++;
    const last = args.at(-1);
    const signal = last instanceof AbortSignal ? last : undefined;
    // A trailing undefined stands for an optional signal that was not given.
    const a = signal || (args.length > 0 && last === undefined) ? args.slice(0, -1) : args;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => port.postMessage({ t: 'abort', id } satisfies Message);
      const settle = (): void => signal?.removeEventListener('abort', onAbort);
      pending.set(id, {
        resolve: (value) => (settle(), resolve(value)),
        reject: (error) => (settle(), reject(error)),
      });
      port.postMessage({ t: 'call', id, o, m, a, s: signal !== undefined } satisfies Message);
      if (signal?.aborted) onAbort();
      else signal?.addEventListener('abort', onAbort, { once: true });
    });
  };

  return {
    remote: <T extends object>(name: string) =>
      new Proxy(
        {},
        { get: (_, m) => (m === 'then' ? undefined : (...args: unknown[]) => send(name, String(m), args)) },
      ) as Remote<T>,
    close: () => port.close(),
  };
}
