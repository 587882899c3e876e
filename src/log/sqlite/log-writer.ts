// Starts and stops the thread that writes the log.
import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { FaultError, fromErrorData } from '../../errors/errors.ts';
import type { ErrorData } from '../../errors/errors.ts';
import { LogClient } from './log-client.ts';
import { createLogCells } from './log-cells.ts';
import type { LogCells } from './log-cells.ts';
import type { LogLimits } from './segment-writer.ts';

export interface LogWriterOptions extends LogLimits {
  readonly folder: string;
  /** Once entries of so many bytes wait for their commit in a client, its appends wait for room. @default 32 MiB */
  readonly maxQueuedBytes?: number;
}

export type ToWriterThread = { readonly t: 'serve'; readonly port: MessagePort } | { readonly t: 'close' };

export type FromWriterThread =
  { readonly t: 'open' } | { readonly t: 'closed' } | { readonly t: 'failed'; readonly error: ErrorData };

/** The running writer. */
export interface LogWriter {
  /** For this thread: what it appends through. */
  readonly client: LogClient;
  /** For other threads (workerData): what SqliteLogReader and LogClient there need to see the log's end and state. */
  readonly cells: LogCells;
  /** A port for a LogClient on another thread; transfer it there. */
  port(): MessagePort;
  /** Rejects when the thread ends without having been asked to. Never resolves. */
  readonly lost: Promise<never>;
  /** Waits for what is in flight in `client`, then ends the thread, if it was not lost. Clients on other threads are closed before. */
  close(): Promise<void>;
}

/** Starts the thread; resolves when the log is open and takes events. */
export async function startLogWriter(options: LogWriterOptions): Promise<LogWriter> {
  const cells = createLogCells();
  const worker = new Worker(new URL('./log-writer.thread.ts', import.meta.url), {
    workerData: { ...options, cells },
    name: 'log',
  });
  await answer(worker, 'open');

  let closing = false;
  let isLost = false;
  const lost = new Promise<never>((_, reject) => {
    const lose = (cause?: unknown): void => {
      if (closing) return;
      isLost = true;
      reject(lostError(cause));
    };
    worker.once('error', lose);
    worker.once('exit', () => lose());
  });
  // The owner may attach to it late; until then it is not an unhandled rejection.
  lost.catch(() => undefined);

  const tell = (port: Worker, message: ToWriterThread, transfer: MessagePort[] = []): void =>
    port.postMessage(message, transfer);
  const port = (): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    tell(worker, { t: 'serve', port: port2 }, [port2]);
    return port1;
  };
  const { maxQueuedBytes } = options;
  const client = new LogClient({ port: port(), cells, ...(maxQueuedBytes !== undefined && { maxQueuedBytes }) });
  return {
    client,
    cells,
    port,
    lost,
    close: async () => {
      await client.close();
      // A thread that was lost answers nothing any more; `lost` has told of it.
      if (isLost) return;
      closing = true;
      const closed = answer(worker, 'closed');
      tell(worker, { t: 'close' });
      await closed;
      // Ports of other threads would keep it alive.
      await worker.terminate();
    },
  };
}

/** Waits for one answer of the thread; rejects when it fails or ends instead. */
async function answer(worker: Worker, wanted: 'open' | 'closed'): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  try {
    const message = await Promise.race<FromWriterThread>([
      once(worker, 'message', { signal }).then(([message]) => message as FromWriterThread),
      once(worker, 'exit', { signal }).then(() => Promise.reject(lostError())),
    ]);
    if (message.t === 'failed') throw fromErrorData(message.error);
    if (message.t !== wanted)
      throw new FaultError('internal', `The log thread said ${message.t} instead of ${wanted}.`);
  } finally {
    done.abort();
  }
}

function lostError(cause?: unknown): FaultError {
  return new FaultError('thread_lost', 'The log thread stopped unexpectedly.', { cause });
}
