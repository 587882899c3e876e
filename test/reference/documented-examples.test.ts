// Every example in docs/api and docs/clients is run against a real server, and what the page says happens is checked. The
// pages of the API share one server and are read in the order of the navigation; each client has a server of its own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { documentedPages, pageVariables } from './documented-pages.ts';
import type { DocumentedPage } from './documented-pages.ts';
import { runPage } from './run-page.ts';

const pages = documentedPages().filter(({ inBrowser }) => !inBrowser);
const clients = pages.filter(({ file }) => file.startsWith('docs/clients/'));
const api = pages.filter((page) => !clients.includes(page));

describe('the documentation', () => {
  it('says after each example what it does', () => {
    const silent = documentedPages().flatMap(({ file, steps }) =>
      steps.flatMap((step, index) => {
        const next = steps[index + 1];
        return step.kind === 'run' && (next === undefined || next.kind === 'run') ? [`${file}:${step.line}`] : [];
      }),
    );
    expect(silent).toEqual([]);
    expect(api.length).toBeGreaterThan(10);
    expect(clients.length).toBeGreaterThan(2);
  });

  describe('of the API', () => runPages(api));
  describe.each(clients)('of $file', (page) => runPages([page]));
});

function runPages(own: readonly DocumentedPage[]): void {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.dispose());

  it.each(own)('$file does what it says', async ({ file, steps }) => {
    await runPage(server, file, steps, await pageVariables(server, { name: file }));
  });
}
