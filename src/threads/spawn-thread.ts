// Starts a background thread and holds on to it: ready when it has opened its stores, stopped when it has closed them.
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { FaultError } from '../errors/errors.ts';
import { connect } from '../lib/rpc.ts';
import type { RpcClient } from '../lib/rpc.ts';
import { sleep } from '../lib/sleep.ts';

/** What every thread exposes under the name `thread`. */
export interface ThreadControl {
  /** Resolves when the thread serves; rejects with what kept it from opening. */
  ready(): Promise<void>;
  /** Finishes what is in flight and closes every store. */
  stop(): Promise<void>;
}

export interface Thread {
  readonly name: string;
  readonly rpc: RpcClient;
  /** Resolves when the thread has ended; with an error when nobody asked it to. */
  readonly ended: Promise<Error | null>;
  /** Resolves when it has ended, also when it was lost; rejects with what kept it from closing. May be asked for again. */
  stop(): Promise<void>;
}

/** How long a thread that has closed everything may take to end by itself. */
const leaveWithinMs = 500;

/** Starts `entry` with `data`; resolves when it is ready. `ports` are transferred to it under their names. */
export async function spawnThread(
  name: string,
  entry: URL,
  data: object,
  ports: Readonly<Record<string, MessagePort>> = {},
): Promise<Thread> {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(entry, {
    name,
    workerData: { ...data, ...ports, port: port2 },
    transferList: [port2, ...Object.values(ports)],
  });
  const rpc = connect(port1);
  const control = rpc.remote<ThreadControl>('thread');
  let stopping = false;
  let failure: Error | null = null;
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error));
  });
  const ended = new Promise<Error | null>((resolve) => {
    worker.on('exit', (code) => {
      rpc.close();
      resolve(
        stopping ? null : (failure ?? new FaultError('thread_lost', `The ${name} thread ended with code ${code}.`)),
      );
    });
  });
  await Promise.race([
    control.ready(),
    ended.then((error) => {
      throw error ?? new FaultError('thread_lost');
    }),
  ]);
  const stop = async (): Promise<void> => {
    stopping = true;
    let fault: unknown = null;
    try {
      // The news of its end can overtake its answer, above all on a busy machine; a thread that has ended has closed.
      await Promise.race([control.stop(), ended]);
    } catch (error) {
      fault = error;
    }
    // Everything is closed by now; what may still keep the thread alive (an idle connection, a timer) need not be waited for.
    const left = await Promise.race([ended.then(() => true), sleep(leaveWithinMs).then(() => false)]);
    await worker.terminate();
    await ended;
    // A thread that was lost before cannot answer; `ended` has told of it.
    if (fault !== null && !left) throw fault;
  };
  let stopped: Promise<void> | null = null;
  return { name, rpc, ended, stop: () => (stopped ??= stop()) };
}
