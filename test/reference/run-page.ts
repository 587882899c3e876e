// Runs the steps of a page against a real server, as a reader would, and checks what the page says happens.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { repositoryRoot } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';
import { curlCalls } from './documented-steps.ts';
import type { Check, Step } from './documented-steps.ts';
import { difference, memberAt } from './json-match.ts';

/** What stands for `$NAME` in the page's shell lines and expectations, and for YOUR_KEY in programs. */
export interface PageVariables {
  readonly HOST: string;
  /** `HOST` without its scheme. */
  readonly ADDRESS: string;
  readonly KEY: string;
  readonly SECRET_KEY: string;
  /** Id of the source of both keys. */
  readonly SOURCE: string;
  /** Of the control API. */
  readonly TOKEN: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Opens a page with this content in a browser and leaves it open; see documented-pages.browser.test.ts. */
export type OpenInBrowser = (language: 'html' | 'ts', code: string) => Promise<void>;

export async function runPage(
  server: TestServer,
  file: string,
  steps: readonly Step[],
  variables: PageVariables,
  openInBrowser?: OpenInBrowser,
): Promise<void> {
  let last: Answer | null = null;
  for (const [index, step] of steps.entries()) {
    const place = `${file}:${step.line}`;
    if (step.kind === 'run') {
      await expectNews(steps.slice(index + 1), variables, place);
      if (step.language === 'js') await runProgram(withValues(step.code, variables));
      else if (step.language !== 'sh') await openInBrowser?.(step.language, withValues(step.code, variables));
      else {
        const answers = await sendAll(step.code, variables);
        last = answers.at(-1) ?? null;
        // Unless the page says otherwise, a call is answered as the API documents success.
        for (const answer of steps[index + 1]?.kind === 'answer' ? answers.slice(0, -1) : answers)
          expect(answer, place).toEqual({ status: 200, body: {} });
      }
      await waitFor('the workspace to catch up', async () => (await server.control.status()).workspace.lag === 0);
    } else if (step.kind === 'answer') {
      expect(last?.status, place).toBe(step.status);
      if (step.body !== undefined) expect(difference(last?.body, filled(step.body, variables)), place).toBeNull();
    } else await check(step.path, step.check, variables, place);
  }
}

/** What an example is said to do must not be there before it, or the page would prove nothing. */
async function expectNews(following: readonly Step[], variables: PageVariables, place: string): Promise<void> {
  const next = following.findIndex(({ kind }) => kind === 'run');
  const own = next < 0 ? following : following.slice(0, next);
  if (own.some(({ kind }) => kind === 'answer')) return;
  const faults = await Promise.all(
    own.flatMap((step) => (step.kind === 'then' ? [lookFor(step.path, step.check, variables)] : [])),
  );
  expect(
    faults.some((fault) => fault !== null),
    `${place}: everything it shows is there before it`,
  ).toBe(true);
}

async function sendAll(code: string, variables: PageVariables): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const { method, url, headers, body } of curlCalls(code, { ...variables })) {
    const response = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    answers.push({ status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) });
  }
  return answers;
}

/** A program's text with the reader's own key and host. */
const withValues = (code: string, { HOST, KEY }: PageVariables): string =>
  code.replaceAll('YOUR_KEY', KEY).replaceAll('http://localhost:8080', HOST);

async function runProgram(code: string): Promise<void> {
  // Below the repository, so that its packages are found.
  const folder = await mkdtemp(path.join(repositoryRoot, 'node_modules', '.documented-'));
  try {
    const file = path.join(folder, 'program.mjs');
    await writeFile(file, code);
    await promisify(execFile)(process.execPath, [file], { cwd: folder, timeout: 20_000 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The effect of a call is there once the workspace has applied it; what is recorded beside it follows within a moment. */
async function check(address: string, wanted: Check, variables: PageVariables, place: string): Promise<void> {
  let fault: string | null = 'not asked';
  const look = async (): Promise<boolean> => {
    fault = await lookFor(address, wanted, variables);
    return fault === null;
  };
  await waitFor(`what ${place} says`, look, { withinMs: 5000 }).catch(() => null);
  expect(fault, place).toBeNull();
}

/** What is amiss with the control API's answer; null when it is as wanted. */
async function lookFor(address: string, wanted: Check, variables: PageVariables): Promise<string | null> {
  const url = new URL(fill(address, variables), variables.HOST);
  const response = await fetch(url, { headers: { authorization: `Bearer ${variables.TOKEN}` } });
  const body: unknown = await response.json();
  return faultOf(response.status, body, wanted, variables);
}

function faultOf(status: number, body: unknown, wanted: Check, variables: PageVariables): string | null {
  if ('status' in wanted) return status === wanted.status ? null : `the status is ${status}`;
  if (status !== 200) return `the status is ${status}: ${JSON.stringify(body)}`;
  if ('lacks' in wanted)
    return memberAt(body, wanted.lacks) === undefined ? null : `${wanted.lacks} is there: ${JSON.stringify(body)}`;
  return difference(body, filled(wanted.has, variables), wanted.exactly);
}

const fill = (text: string, variables: PageVariables): string =>
  text.replaceAll(
    /\$([A-Z_]+)/g,
    (whole, name: string) => (variables as unknown as Record<string, string>)[name] ?? whole,
  );

const filled = (value: unknown, variables: PageVariables): unknown =>
  JSON.parse(fill(JSON.stringify(value), variables)) as unknown;
