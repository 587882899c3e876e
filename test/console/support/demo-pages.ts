// A demo with a shop's traffic in it, and every page of the console that can be visited in it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { APIRequestContext } from 'playwright-core';
import { mainFile } from '../../support/command-line.ts';

export interface RunningDemo {
  readonly url: string;
  readonly owner: { readonly email: string; readonly password: string };
  /** Ends it as Ctrl-C does, and waits. */
  dispose(): Promise<void>;
}

/** Resolves once its past day has been sent and delivered. */
export async function startDemo(): Promise<RunningDemo> {
  const options = ['--json', '--seed', '7', '--days', '1', '--rate', '2'];
  const child = spawn(process.execPath, [mainFile, 'demo', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const dispose = async (): Promise<void> => {
    child.kill('SIGINT');
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, owner } = JSON.parse(line) as Omit<RunningDemo, 'dispose'>;
    return { url, owner, dispose };
  }
  throw new Error('The demo ended before it said where it is.');
}

interface Items<T> {
  readonly items: readonly T[];
}
interface Named {
  readonly id: string;
  readonly name: string;
}
interface Found {
  readonly event: { readonly messageId: string; readonly userId?: string };
}

/** Paths of all pages and of all their tabs, each with something in it where the demo has something. */
export async function everyPage(request: APIRequestContext): Promise<readonly string[]> {
  const get = async <T>(path: string): Promise<readonly T[]> => {
    const answer = await request.get(`/api/v1/${path}`);
    if (!answer.ok()) throw new Error(`/api/v1/${path} answered ${answer.status()}.`);
    return ((await answer.json()) as Items<T>).items;
  };
  const idOf = (list: readonly Named[], name: string): string => {
    const found = list.find((one) => one.name === name);
    if (!found) throw new Error(`The demo has nothing called ${name}.`);
    return found.id;
  };
  const [sources, destinations] = [await get<Named>('sources'), await get<Named>('destinations')];
  const orders = await get<Found>('events?type=track&name=Order%20Completed&limit=20');
  const [company] = await get<{ readonly objectId: string }>('objects/1');
  // Some of them have asked to be forgotten since.
  const known = await Promise.all(
    orders.map(async (one) => (await request.get(`/api/v1/people/${one.event.userId ?? ''}`)).ok()),
  );
  const order = orders.findLast((_, index) => known[index])?.event;
  if (!order?.userId || !company) throw new Error('The demo has no order of anybody, or no company.');
  const tabs = (path: string, names: readonly string[]): readonly string[] =>
    names.map((name) => `${path}?tab=${name}`);
  return [
    '/',
    '/?range=7d',
    '/welcome',
    '/sources',
    '/sources/unrecognised-keys',
    ...tabs(`/sources/${idOf(sources, 'Web shop')}`, ['data', 'connect', 'keys', 'settings']),
    ...tabs(`/sources/${idOf(sources, 'Old till')}`, ['rejections']),
    '/destinations',
    '/destinations/new',
    '/destinations/new?kind=webhook',
    ...tabs(`/destinations/${idOf(destinations, 'Order desk')}`, [
      'overview',
      'actions',
      'data-out',
      'dead-letters',
      'replays',
      'settings',
    ]),
    `/destinations/${idOf(destinations, 'Order desk')}?tab=actions&action=new`,
    '/people',
    ...tabs(`/people/${encodeURIComponent(order.userId)}`, [
      'attributes',
      'timeline',
      'devices',
      'relationships',
      'messages',
    ]),
    '/objects',
    '/objects/1',
    `/objects/1/${encodeURIComponent(company.objectId)}`,
    '/events',
    '/events?show=live',
    ...['identify', 'screen', 'group'].map((type) => `/events?type=${type}`),
    `/events/${encodeURIComponent(order.messageId)}`,
    '/ledger',
    '/settings',
    '/settings/users',
    '/settings/tokens',
    '/settings/audit',
    '/settings/server',
    '/no-such-page',
  ];
}
