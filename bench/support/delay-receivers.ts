// The bench's end of the receivers that measure how late events come.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface DelayRequest {
  readonly ask: 'clear' | 'report';
  readonly names: readonly string[];
}

/** Delays in ms from an event's receipt by Leat to its arrival, over all receivers asked for. */
export interface DelayReport {
  readonly events: number;
  readonly p50: number;
  readonly p99: number;
  /** Of the receiver that was worst off. */
  readonly worstP99: number;
}

export interface DelayReceivers {
  /** Where the receiver of this name listens; the one called "slow" answers after 5 s. */
  url(name: string): string;
  clear(): Promise<void>;
  report(names: readonly string[]): Promise<DelayReport>;
  close(): void;
}

const processFile = fileURLToPath(new URL('delay-receivers.process.ts', import.meta.url));

export async function openDelayReceivers(): Promise<DelayReceivers> {
  const child = fork(processFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { port } = await nextMessage<{ readonly port: number }>(child);
  const ask = (request: DelayRequest): Promise<DelayReport> => {
    const answer = nextMessage<DelayReport>(child);
    child.send(request);
    return answer;
  };
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    clear: async () => {
      await ask({ ask: 'clear', names: [] });
    },
    report: (names) => ask({ ask: 'report', names }),
    close: () => child.disconnect(),
  };
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('The receivers ended.'));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message as T);
    });
  });
}
