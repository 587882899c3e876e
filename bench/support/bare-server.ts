// Starts the bare server that ingest is compared with.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface BareServer {
  readonly port: number;
  readonly pid: number;
  close(): void;
}

const processFile = fileURLToPath(new URL('bare-server.process.ts', import.meta.url));

export async function openBareServer(): Promise<BareServer> {
  const child = fork(processFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The bare server did not start.')));
    child.once('message', (message: { readonly port: number }) => resolve(message.port));
  });
  return { port, pid: child.pid ?? -1, close: () => child.disconnect() };
}
