// Every example in docs/api and docs/clients is run against a real server, in the order of its page, and what the page
// says happens is checked. Each page has a server of its own, so that one page's people are not another's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { documentedPages, pageVariables } from './documented-pages.ts';
import { runPage } from './run-page.ts';

const running = documentedPages().filter(({ inBrowser }) => !inBrowser);

describe('the documentation', () => {
  it('says after each example what it does', () => {
    const silent = documentedPages().flatMap(({ file, steps }) =>
      steps.flatMap((step, index) => {
        const next = steps[index + 1];
        return step.kind === 'run' && (next === undefined || next.kind === 'run') ? [`${file}:${step.line}`] : [];
      }),
    );
    expect(silent).toEqual([]);
    expect(running.length).toBeGreaterThan(10);
  });

  describe.each(running)('$file', ({ file, steps }) => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startServer();
    });
    afterAll(() => server?.dispose());

    it('does what it says', async () => {
      await runPage(server, file, steps, await pageVariables(server, { name: file }));
    });
  });
});
