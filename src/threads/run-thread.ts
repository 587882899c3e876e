// The inside of a background thread: open, serve over the port, close when told.
import { setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { keepCompiled } from '../config/compile-cache.ts';
import { expose } from '../lib/rpc.ts';
import type { ThreadControl } from './spawn-thread.ts';

/** What an opened thread serves and how it is closed. */
export interface OpenedThread {
  readonly objects: Readonly<Record<string, object>>;
  close(): Promise<void>;
}

/**
 * Niceness of background threads. Linux keeps it per thread, so the kernel hands a core to HTTP and log first and to
 * these with what is left (setpriority(2), "C library/kernel differences"). Elsewhere it is a process's, so it is left.
 */
const backgroundNiceness = 10;

/**
 * Runs `open` with the data the thread was started with and serves what it returns until it is told to stop. `open`
 * names the type of that data; whoever spawns the thread gives it with `satisfies`. A `background` thread takes only
 * what HTTP and log leave of a busy machine.
 */
export function runThread(
  open: (data: never) => Promise<OpenedThread>,
  { background = false }: { readonly background?: boolean } = {},
): void {
  const data = workerData as { readonly port: MessagePort };
  // 0 is the calling thread.
  if (background && process.platform === 'linux') setPriority(0, backgroundNiceness);
  const opening = open(data as never);
  // Every call waits for the opening, so that a question asked early is answered, not refused.
  const control: ThreadControl = {
    ready: async () => {
      await opening;
      // After the answer has left: the first start of an installation has much to write.
      setImmediate(keepCompiled);
    },
    stop: async () => {
      await (await opening).close();
      // After the answer has left: closing the port is what lets the thread end.
      setImmediate(() => data.port.close());
    },
  };
  opening.then(
    ({ objects }) => expose(data.port, { ...objects, thread: control }),
    () => expose(data.port, { thread: control }),
  );
}
