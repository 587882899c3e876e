// What the start lines show until a start has listened once, and what they show from then on.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

const curl = /curl -u \S+: \S+\/v1\/identify -d/;
const keyLine = /first key {2,}us_\S+/;
const laterLine = /keys {2,}\.\/leat source list/;

let dataDir: string;
beforeAll(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'leat-first-start-'));
});
afterAll(() => rmSync(dataDir, { recursive: true }));

/** What a start on the folder prints before it is stopped again. */
async function linesOfAStart(): Promise<string> {
  const server = await startServer({ dataDir });
  try {
    return await waitFor('the start lines', () => (/data folder/.test(server.output()) ? server.output() : null));
  } finally {
    await server.stop();
  }
}

describe('the first key and a call with it', () => {
  it('are shown by the start that listens first, also when one before it failed, and by none after it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      await expect(startServer({ dataDir, settings: { LEAT_PORT: String(port) } })).rejects.toThrow(/is taken/);
    } finally {
      other.close();
    }
    const first = await linesOfAStart();
    expect(first).toMatch(keyLine);
    expect(first).toMatch(curl);
    expect(first).not.toMatch(laterLine);
    const second = await linesOfAStart();
    expect(second).not.toMatch(keyLine);
    expect(second).toMatch(laterLine);
  });
});
