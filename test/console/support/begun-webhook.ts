// A webhook destination that already takes what comes next.
import { waitFor } from '../../support/wait-for.ts';
import type { TestServer } from '../../support/server.ts';

export interface DestinationView {
  readonly id: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Null before delivery has begun. */
  readonly state: { readonly deadLetters: number } | null;
}

/** Answers the destination's id once events from now on reach it. */
export async function begunWebhook(server: TestServer, name: string, url: string): Promise<string> {
  const id = await server.control.createWebhook(name, url);
  await waitFor('the destination to begin', async () => (await viewOf(server, id)).state !== null);
  return id;
}

export const viewOf = async (server: TestServer, id: string): Promise<DestinationView> =>
  server.control.get<DestinationView>(`destinations/${id}`);
