// The pages of docs/api and docs/clients that promise something, and what their examples need to run.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sections } from '../../src/reference/site/page-list.ts';
import { adminToken, repositoryRoot } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { documentedSteps } from './documented-steps.ts';
import type { Step } from './documented-steps.ts';
import type { PageVariables } from './run-page.ts';

export interface DocumentedPage {
  /** In the repository. */
  readonly file: string;
  readonly steps: readonly Step[];
  /** Whether its examples are web pages. */
  readonly inBrowser: boolean;
}

/** Pages with steps, in the order of the navigation. */
export const documentedPages = (): readonly DocumentedPage[] =>
  sections
    .flatMap(({ files }) => files)
    .flatMap((name) => {
      const file = `docs/${name}.md`;
      const steps = documentedSteps(readFileSync(path.join(repositoryRoot, file), 'utf8'));
      const inBrowser = steps.some(
        (step) => step.kind === 'run' && (step.language === 'html' || step.language === 'ts'),
      );
      return steps.length === 0 ? [] : [{ file, steps, inBrowser }];
    });

/** A source of its own for a page, with a public and a secret key. */
export async function pageVariables(
  server: TestServer,
  source: { readonly name: string; readonly kind?: string; readonly family?: string },
): Promise<PageVariables> {
  const { id, key } = await server.control.createSource({ kind: 'http', ...source });
  const secret = await server.control.send<{ readonly key: string }>('POST', `sources/${id}/keys`, {
    class: 'secret',
  });
  return {
    HOST: server.url,
    ADDRESS: new URL(server.url).host,
    KEY: key,
    SECRET_KEY: secret.key,
    SOURCE: id,
    TOKEN: adminToken,
  };
}
