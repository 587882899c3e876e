// What a server compiles is kept, also when it is killed: the next start compiles nothing and strips no types, in no thread.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

let folder = '';
let server: TestServer | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leat-compiled-'));
});
afterAll(async () => {
  await server?.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** Each kept file with the time of its last change. */
async function kept(): Promise<Record<string, number>> {
  const names = await readdir(folder, { recursive: true });
  const files = await Promise.all(
    names.map(async (name) => {
      const found = await stat(path.join(folder, name)).catch(() => null);
      return found?.isFile() === true ? [[name, found.mtimeMs] as const] : [];
    }),
  );
  return Object.fromEntries(files.flat());
}

describe('compiled code', () => {
  it('is there for the start after a kill', async () => {
    server = await startServer({ environment: { NODE_COMPILE_CACHE: folder } });
    let before = '';
    // Each thread writes at once when it is ready, the main thread last.
    await waitFor(
      'all threads to have written',
      async () => {
        const now = JSON.stringify(await kept());
        const done = now === before && now.length > 10_000;
        before = now;
        return done;
      },
      { everyMs: 1000 },
    );
    await server.kill();
    await server.start();
    await server.stop();
    expect(await kept()).toEqual(JSON.parse(before));
  });
});
