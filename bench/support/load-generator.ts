// The bench's end of the load generator, which runs in a process of its own so that it disturbs nobody's event loop.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadAnswer, LoadJob, LoadMessage, LoadReport } from './load-job.ts';

export interface LoadGenerator {
  readonly pid: number;
  /** Runs a job; one at a time. */
  run(job: LoadJob): Promise<LoadReport>;
  close(): void;
}

const processFile = fileURLToPath(new URL('load-generator.process.ts', import.meta.url));

export function openLoadGenerator(): LoadGenerator {
  const child = fork(processFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    pid: child.pid ?? -1,
    run: (job) =>
      new Promise((resolve, reject) => {
        const onExit = (): void => reject(new Error('The load generator ended in the middle of a job.'));
        child.once('exit', onExit);
        child.once('message', (answer: LoadAnswer) => {
          child.off('exit', onExit);
          if ('report' in answer) resolve(answer.report);
          else reject(new Error(answer.error));
        });
        child.send({ job } satisfies LoadMessage);
      }),
    close: () => {
      child.disconnect();
    },
  };
}
