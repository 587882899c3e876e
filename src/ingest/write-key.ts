// Which key a request carries, and what that key opens (client contract, section 9.2).
//
// Order: user name of Basic credentials (with or without a colon), else a Bearer token that is a known key, else
// `writeKey` of the envelope, of the first event, of the query. The first one present decides: a wrong key in the header
// is not made good by a right one in the body. Secret keys count only in the header.
import { classOfKey, keyHint, regionOfKey } from '../control/keys.ts';
import type { Region, Source, SourceKey } from '../control/model.ts';
import type { SourceDirectory } from '../control/source-directory.ts';
import { isObject } from '../lib/json.ts';
import { queryValue } from './routes.ts';

export interface PresentedKey {
  readonly key: string;
  readonly inHeader: boolean;
}

/** Why a request with this key, or without one, is not taken. */
export interface KeyRefusal {
  readonly reason:
    'missing_key' | 'unknown_key' | 'wrong_region' | 'source_disabled' | 'key_revoked' | 'secret_key_exposed';
  readonly message: string;
  /** Null when the key belongs to no source here. */
  readonly source: Source | null;
  /** First characters of the key where no source tells whose it is; empty without a key. */
  readonly keyPrefix: string | null;
}

export type Access =
  | { readonly ok: true; readonly source: Source; readonly key: SourceKey }
  | { readonly ok: false; readonly refusal: KeyRefusal };

/** Decoded Authorization headers that are remembered: as many as there are busy keys, and not more than fit in little memory. */
const rememberedHeaders = 1024;
/** Credentials are read up to here; no key is longer. */
const maxHeaderLength = 4096;

export class WriteKeys {
  readonly #directory: SourceDirectory;
  readonly #region: Region;
  readonly #regionHosts: Readonly<Partial<Record<Region, string>>>;
  readonly #decoded = new Map<string, string | null>();

  constructor(directory: SourceDirectory, region: Region, regionHosts: Readonly<Partial<Record<Region, string>>>) {
    this.#directory = directory;
    this.#region = region;
    this.#regionHosts = regionHosts;
  }

  /** The key in the Authorization header; null when there is none. */
  fromHeader(authorization: string | undefined): string | null {
    if (authorization === undefined) return null;
    let key = this.#decoded.get(authorization);
    if (key === undefined) {
      const [scheme = '', credentials = ''] = authorization.slice(0, maxHeaderLength).trim().split(/ +/, 2);
      if (scheme.toLowerCase() === 'bearer') return this.#fromBearer(credentials);
      key = scheme.toLowerCase() === 'basic' ? userNameIn(credentials) : null;
      if (this.#decoded.size >= rememberedHeaders) this.#decoded.clear();
      this.#decoded.set(authorization, key);
    }
    return key;
  }

  /**
   * The Bearer token of a request that carries no key elsewhere: the key it meant, for the diagnosis. Customer.io's
   * Python client sends its key so since version 1.1.
   */
  unknownBearer(authorization: string | undefined): string | null {
    return /^bearer +(\S+)/i.exec(authorization?.slice(0, maxHeaderLength).trim() ?? '')?.[1] ?? null;
  }

  /** The key in the parsed body or in the query; null when there is none. */
  fromBody(body: unknown, url: string): string | null {
    if (isObject(body)) {
      const own = keyIn(body);
      if (own !== null) return own;
      const { batch } = body;
      const first = Array.isArray(batch) ? keyIn(batch[0]) : null;
      if (first !== null) return first;
    }
    return queryValue(url, 'writeKey') || null;
  }

  /** What the key opens here. */
  open(presented: PresentedKey | null): Access {
    if (presented === null)
      return refuse(
        'missing_key',
        'The request carries no key; send it as the user name of Basic credentials.',
        null,
        '',
      );
    const { key, inHeader } = presented;
    const found = this.#directory.lookup(key);
    if (found.status === 'unknown') return this.#refuseUnknown(key);
    const { source } = found;
    if (found.key.class === 'secret' && !inHeader)
      return refuse(
        'secret_key_exposed',
        'A secret key came in the body or the address, where it can be read by others. Secret keys count only in the Authorization header; revoke this one.',
        source,
        null,
      );
    const { region } = found.key;
    if (region !== null && region !== this.#region)
      return refuse('wrong_region', this.#regionAdvice(region), source, null);
    if (found.status === 'key_revoked')
      return refuse('key_revoked', 'The key was revoked; use another key of its source.', source, null);
    if (found.status === 'source_disabled')
      return refuse('source_disabled', 'The source is disabled; enable it to have its calls taken.', source, null);
    return { ok: true, source, key: found.key };
  }

  /** Clients with OAuth send a token of another system here, and the key in the body. */
  #fromBearer(token: string): string | null {
    return this.#directory.lookup(token).status === 'unknown' ? null : token;
  }

  #refuseUnknown(key: string): Access {
    const region = regionOfKey(key);
    if (region !== null && region !== this.#region)
      return refuse('wrong_region', this.#regionAdvice(region), null, keyHint(key));
    return refuse(
      'unknown_key',
      'No source has this key; compare it with the keys of your sources.',
      null,
      keyHint(key),
    );
  }

  #regionAdvice(region: Region): string {
    const host = this.#regionHosts[region];
    const where = host === undefined ? `the server of region ${region}` : host;
    return `The key belongs to region ${region}, but this is ${this.#region}; send to ${where}.`;
  }
}

/** Whether a key may be shown to browsers and apps. */
export const isServable = (key: string, known: SourceKey | null): boolean =>
  (known === null ? classOfKey(key) : known.class) === 'public';

function refuse(
  reason: KeyRefusal['reason'],
  message: string,
  source: Source | null,
  keyPrefix: string | null,
): Access {
  return { ok: false, refusal: { reason, message, source, keyPrefix } };
}

/** User name of Basic credentials; AnalyticsNode of Customer.io leaves the colon out. */
function userNameIn(credentials: string): string | null {
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return (colon < 0 ? text : text.slice(0, colon)) || null;
}

function keyIn(value: unknown): string | null {
  if (!isObject(value)) return null;
  const key = value['writeKey'];
  return typeof key === 'string' && key !== '' ? key : null;
}
