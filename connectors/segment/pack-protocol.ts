// What delivery and the thread of a packaged destination say to each other over lib/rpc.ts. Both sides serve and call:
// delivery asks for sends, and the thread asks delivery to make the HTTP requests of a send, so that they go through the
// same client, limits and records as any other destination's.
import type { HttpRequest, HttpResponse } from '../../src/destinations/http-client.ts';
import type { Outcome, RetryOutcome } from '../../src/destinations/outcome.ts';
import type { CanonicalEvent } from '../../src/event/canonical-event.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import type { RefreshedTokens } from './open-package.ts';

/** Started with by the thread. */
export interface PackThreadData {
  /** Where the package is installed. */
  readonly folder: string;
  readonly directory: string;
}

/** Credentials of an OAuth app, in the package's names. */
export interface OAuthSettings {
  readonly access_token: string;
  readonly refresh_token?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

export interface PackSettings {
  /** The destination's own. */
  readonly own: JsonObject;
  readonly oauth: OAuthSettings | null;
  /** What the tokens in `oauth` were renewed to before. */
  readonly renewed?: RefreshedTokens | null;
}

export interface PackItem {
  readonly payload: JsonObject;
  readonly event: CanonicalEvent;
}

export interface PackSend {
  /** Names the send in requests for HTTP. */
  readonly call: number;
  readonly action: string;
  readonly settings: PackSettings;
  readonly items: readonly PackItem[];
  /** Together, or one by one. */
  readonly batch: boolean;
}

/** Served by the thread under `destination`. */
export interface PackDestination {
  /** One outcome for each item. */
  send(send: PackSend, signal: AbortSignal): Promise<readonly Outcome[]>;
  /** Tries the settings; null when they are good, else one sentence. */
  test(call: number, settings: PackSettings, signal: AbortSignal): Promise<string | null>;
}

/** An answer, or why there is none. */
export type HttpResult = { readonly response: HttpResponse } | { readonly failure: RetryOutcome };

/** Served by delivery under `http`. */
export interface PackHttp {
  request(call: number, request: HttpRequest): Promise<HttpResult>;
  /** Tokens were renewed; they are kept when it resolves. */
  renewed(oauth: OAuthSettings, tokens: RefreshedTokens): Promise<void>;
}
