// The writer's end of a port: stores the groups that arrive, and answers for retention.
import type { MessagePort } from 'node:worker_threads';
import { toErrorData } from '../../errors/errors.ts';
import { expose } from '../../lib/rpc.ts';
import type { LogKeeper } from '../event-log.ts';
import { keeperName } from './log-protocol.ts';
import type { FromWriter, ToWriter } from './log-protocol.ts';
import type { SegmentWriter } from './segment-writer.ts';

/** Serves one port; any number of ports may share a writer. Ends when the port closes. */
export function serveLogWriter(port: MessagePort, writer: SegmentWriter): void {
  port.on('message', (message: ToWriter) => {
    if (message.t !== 'group') return;
    const answer = store(writer, message);
    port.postMessage(answer, [answer.memory]);
  });
  const keeper: LogKeeper = { retain: (policy) => writer.retain(policy) };
  expose(port, { [keeperName]: keeper });
}

function store(writer: SegmentWriter, message: ToWriter): FromWriter {
  const memory = message.group.text.buffer;
  try {
    return { t: 'stored', ...writer.commit(message.group), memory };
  } catch (error) {
    return { t: 'refused', error: toErrorData(error), memory };
  }
}
