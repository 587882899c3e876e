// Entry of the thread that writes the log. Its parent sends ports to serve and, at the end, asks it to close.
import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { keepCompiled } from '../../config/compile-cache.ts';
import { toErrorData } from '../../errors/errors.ts';
import { systemClock } from '../../lib/clock.ts';
import { openSegmentWriter } from './segment-writer.ts';
import { serveLogWriter } from './serve-log-writer.ts';
import type { FromWriterThread, LogWriterOptions, ToWriterThread } from './log-writer.ts';
import type { LogCells } from './log-cells.ts';

if (parentPort) run(parentPort, workerData as LogWriterOptions & { readonly cells: LogCells });

function run(port: MessagePort, options: LogWriterOptions & { readonly cells: LogCells }): void {
  const tell = (message: FromWriterThread): void => port.postMessage(message);
  try {
    const writer = openSegmentWriter({ ...options, clock: systemClock });
    port.on('message', (message: ToWriterThread) => {
      if (message.t === 'serve') return serveLogWriter(message.port, writer);
      writer.close().then(
        () => tell({ t: 'closed' }),
        (error: unknown) => tell({ t: 'failed', error: toErrorData(error) }),
      );
    });
    tell({ t: 'open' });
    keepCompiled();
  } catch (error) {
    tell({ t: 'failed', error: toErrorData(error) });
  }
}
