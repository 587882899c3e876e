// Which request is what (client contract, section 9.1). Everything under /v1 is served under /v2 as well; doubled
// slashes and one trailing slash are tolerated, never redirected. Nearly every request is found by its raw URL.
import { eventTypes } from '../event/canonical-event.ts';
import type { EventType } from '../event/canonical-event.ts';

/** A route that takes a body of calls. `type` is null where each call of the body names its own. */
export interface CallRoute {
  readonly kind: 'calls';
  /** As it is recorded, such as `/v1/track`. */
  readonly path: string;
  readonly type: EventType | null;
}

/** Which browser client a script belongs to. */
export type BrowserClient = 'customerio' | 'segment';

export type Route =
  | CallRoute
  /** Takes a body and has no use for it. */
  | { readonly kind: 'discard'; readonly path: string; readonly answer: string }
  | { readonly kind: 'settings'; readonly key: string }
  /** The client's entry script for a key; `client` is null where the source decides. */
  | { readonly kind: 'script'; readonly key: string; readonly client: BrowserClient | null }
  | { readonly kind: 'chunk'; readonly client: BrowserClient; readonly file: string }
  /** Under a prefix of ours, but nothing is there. */
  | { readonly kind: 'nothing' };

const callRoute = (path: string, type: EventType | null): CallRoute => ({ kind: 'calls', path, type });

const versions = ['/v1', '/v2'] as const;
const fixed = new Map<string, Route>(
  versions.flatMap((version): [string, Route][] => [
    ...eventTypes.flatMap((type): [string, Route][] => [
      [`${version}/${type}`, callRoute(`${version}/${type}`, type)],
      [`${version}/${type[0]}`, callRoute(`${version}/${type[0]}`, type)],
    ]),
    ...['batch', 'b', 'import'].map((name): [string, Route] => [
      `${version}/${name}`,
      callRoute(`${version}/${name}`, null),
    ]),
    [`${version}/m`, { kind: 'discard', path: `${version}/m`, answer: '{}' }],
    [
      `${version}/geofences/nearest`,
      { kind: 'discard', path: `${version}/geofences/nearest`, answer: '{"geofences":[],"config":{}}' },
    ],
  ]),
);

const ours = /^\/(?:v[12]|analytics\.js|analytics-next)(?:\/|$)/;
const settingsPath = /^\/v[12]\/projects\/([^/]+)\/settings$/;
const snippetPath = /^\/v[12]\/analytics-js\/snippet\/([^/]+)\/analytics(?:\.min)?\.js$/;
const segmentPath = /^\/analytics\.js\/v1\/([^/]+)\/analytics(?:\.min)?\.js$/;
const chunkPath = /^\/v[12]\/analytics-js\/([^/]+)$/;
const segmentChunkPath = /^\/analytics-next\/bundles\/([^/]+)$/;

/** The route of a request target; null when it is none of ingest's. */
export function findRoute(url: string): Route | null {
  return fixed.get(url) ?? findSlowly(url);
}

/** The value of `name` in the query of a request target; null when it is not there. */
export function queryValue(url: string, name: string): string | null {
  const query = url.indexOf('?');
  return query < 0 ? null : new URLSearchParams(url.slice(query + 1)).get(name);
}

function findSlowly(url: string): Route | null {
  const path = normalise(url);
  if (!ours.test(path)) return null;
  const route = fixed.get(path);
  if (route) return route;
  const settings = capture(settingsPath, path);
  if (settings !== null) return { kind: 'settings', key: settings };
  const snippet = capture(snippetPath, path);
  if (snippet !== null) return { kind: 'script', key: snippet, client: 'customerio' };
  const script = capture(segmentPath, path);
  if (script !== null) return { kind: 'script', key: script, client: null };
  const chunk = capture(chunkPath, path);
  if (chunk !== null) return { kind: 'chunk', client: 'customerio', file: chunk };
  const segmentChunk = capture(segmentChunkPath, path);
  return segmentChunk === null ? { kind: 'nothing' } : { kind: 'chunk', client: 'segment', file: segmentChunk };
}

function normalise(url: string): string {
  // Proxies may send the absolute form of a target (RFC 9112, section 3.2.2).
  const target = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '');
  const path = target.replace(/[?#].*$/s, '').replace(/\/{2,}/g, '/');
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function capture(pattern: RegExp, path: string): string | null {
  const text = pattern.exec(path)?.[1];
  if (text === undefined) return null;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
