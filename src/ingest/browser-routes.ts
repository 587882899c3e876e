// What browsers and mobiles fetch before they send: settings, scripts, chunks.
//
// A key that opens nothing here still gets normal settings: a 404 would stop the client for good and its calls would
// never show up anywhere, while so they land in the list of unrecognised keys. Secret keys are never served.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { keyHint, regionOfKey } from '../control/keys.ts';
import type { ClientFamily, Region } from '../control/model.ts';
import type { SourceDirectory } from '../control/source-directory.ts';
import type { Clock } from '../lib/clock.ts';
import { answerError, answerJson, answerUnstored, corsHeaders } from './answers.ts';
import type { BrowserScripts, Script } from './browser-scripts.ts';
import type { TrustedProxies } from './client-address.ts';
import type { FaultNotices } from './fault-notices.ts';
import { publicOrigin } from './public-origin.ts';
import type { PublicOriginSettings } from './public-origin.ts';
import type { RejectionRecorder } from './rejection-recorder.ts';
import { toKeyRejection } from './rejections.ts';
import type { Route } from './routes.ts';
import { settingsDocument } from './settings-document.ts';
import { isServable } from './write-key.ts';

export type BrowserRoute = Extract<Route, { readonly kind: 'settings' | 'script' | 'chunk' }>;

export interface BrowserRoutesParts {
  readonly directory: SourceDirectory;
  readonly scripts: BrowserScripts;
  readonly recorder: RejectionRecorder;
  readonly proxies: TrustedProxies;
  readonly clock: Clock;
  readonly region: Region;
  readonly origins: PublicOriginSettings;
  readonly notices: FaultNotices;
}

/** Longer ones are no keys; see control/keys.ts. */
const maxKeyLength = 256;

export class BrowserRoutes {
  readonly #parts: BrowserRoutesParts;

  constructor(parts: BrowserRoutesParts) {
    this.#parts = parts;
  }

  /** Answers a GET or HEAD. Never rejects. */
  async answer(req: IncomingMessage, res: ServerResponse, route: BrowserRoute): Promise<void> {
    try {
      if (route.kind === 'chunk') await this.#answerChunk(req, res, route);
      else if (await this.#refused(req, route)) this.#answerNothing(req, res);
      else if (route.kind === 'settings') this.#answerSettings(req, res, route.key);
      else await this.#answerScript(req, res, route);
    } catch (error) {
      this.#parts.notices.failed(error);
      if (!res.headersSent) answerUnstored(res, 'internal');
    }
  }

  #answerSettings(req: IncomingMessage, res: ServerResponse, key: string): void {
    const { directory, region, origins, proxies } = this.#parts;
    const found = directory.lookup(key);
    const known = found.status === 'unknown' ? null : found;
    const keyRegion = (known ? known.key.region : regionOfKey(key)) ?? region;
    const origin = publicOrigin(req, keyRegion, origins, proxies);
    if (origin === null) {
      const message = 'The Host of the request cannot be used; the operator can set LEAT_PUBLIC_URL.';
      answerError(res, 'invalid_request', [message], req.headers.origin);
      return;
    }
    const family: ClientFamily = known?.source.family ?? 'customerio';
    const caching = ['Cache-Control', 'public, max-age=120'];
    answerJson(res, 200, settingsDocument(key, family, origin), req.headers.origin, caching);
  }

  async #answerScript(
    req: IncomingMessage,
    res: ServerResponse,
    { key, client }: Extract<Route, { readonly kind: 'script' }>,
  ): Promise<void> {
    const found = this.#parts.directory.lookup(key);
    const family = found.status === 'unknown' ? 'customerio' : found.source.family;
    // A key that nobody knows is not written into scripts, or anyone could fill the cache.
    const written = found.status === 'unknown' ? null : key;
    const script = await this.#parts.scripts.entry(client ?? family, written);
    answerScript(req, res, script, 'public, max-age=300');
  }

  async #answerChunk(
    req: IncomingMessage,
    res: ServerResponse,
    { client, file }: Extract<Route, { readonly kind: 'chunk' }>,
  ): Promise<void> {
    const script = await this.#parts.scripts.chunk(client, file);
    if (script === null) this.#answerNothing(req, res);
    else answerScript(req, res, script, this.#parts.scripts.chunkCaching(client));
  }

  #answerNothing(req: IncomingMessage, res: ServerResponse): void {
    answerError(res, 'not_found', ['There is nothing at this address for this key.'], req.headers.origin);
  }

  /** Whether the key is no public key. A secret key of a source here is out in the open then, which its owner gets to see. */
  async #refused(
    req: IncomingMessage,
    { kind, key }: Exclude<BrowserRoute, { readonly kind: 'chunk' }>,
  ): Promise<boolean> {
    const { directory, recorder, proxies, clock } = this.#parts;
    const found = directory.lookup(key);
    if (key.length <= maxKeyLength && isServable(key, found.status === 'unknown' ? null : found.key)) return false;
    if (found.status !== 'unknown') {
      const origin = {
        sourceId: found.source.id,
        key,
        at: clock.now(),
        route: kind === 'settings' ? '/v1/projects/…/settings' : '/v1/analytics-js/snippet/…/analytics.min.js',
        client: req.headers['user-agent'] ?? '',
        ip: proxies.clientAddress(req),
        strict: true,
      };
      const message = `A browser or app asked for settings with the secret key ${keyHint(key)}, so others can read it. Revoke it and use a public key there.`;
      await recorder.record([
        toKeyRejection(origin, { reason: 'secret_key_exposed', message, source: found.source, keyPrefix: null }, 0),
      ]);
    }
    return true;
  }
}

function answerScript(req: IncomingMessage, res: ServerResponse, script: Script, caching: string): void {
  const head = [
    ...corsHeaders(req.headers.origin),
    'Cross-Origin-Resource-Policy',
    'cross-origin',
    'Cache-Control',
    caching,
    'ETag',
    script.etag,
    'Vary',
    'Accept-Encoding',
  ];
  if (matches(req.headers['if-none-match'], script.etag)) {
    res.writeHead(304, head).end();
    return;
  }
  const compressed = acceptsGzip(req.headers['accept-encoding']);
  const body = compressed ? script.gzip : script.plain;
  head.push('Content-Type', 'text/javascript; charset=utf-8', 'X-Content-Type-Options', 'nosniff');
  head.push('Content-Length', String(body.length));
  if (compressed) head.push('Content-Encoding', 'gzip');
  res.writeHead(200, head).end(body);
}

const matches = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch !== undefined &&
  ifNoneMatch.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag.slice(2));

const acceptsGzip = (acceptEncoding: string | string[] | undefined): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(String(acceptEncoding ?? ''));
