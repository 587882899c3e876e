// One call of the demo's shop, as it is handed to an official client.
import type { Json } from '../lib/json.ts';

/** Which of the shop's three programs makes the call. */
export type DemoSource = 'web' | 'app' | 'orders';

type Fields = Readonly<Record<string, Json>>;

/** Who; each call has at least one of both. */
export type Who =
  | { readonly userId: string; readonly anonymousId?: string }
  | { readonly anonymousId: string; readonly userId?: string };

type What =
  | { readonly type: 'identify'; readonly traits: Fields }
  | { readonly type: 'track'; readonly event: string; readonly properties: Fields }
  | { readonly type: 'page' | 'screen'; readonly name: string; readonly properties: Fields }
  | { readonly type: 'group'; readonly groupId: string; readonly traits: Fields };

export interface DemoCall {
  readonly source: DemoSource;
  readonly messageId: string;
  /** When it happened, ms since 1970. */
  readonly at: number;
  readonly who: Who;
  readonly what: What;
  readonly context: Fields;
}
